package dev.millrace.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real S3 server (s3proxy) on loopback, in a JVM of its own, with one bucket that is gone with
 * it. It checks signatures: a client without the right keys is refused.
 */
public final class S3Server implements AutoCloseable {
  /** The bucket, named as in the operator's samples. */
  public static final String BUCKET = "features";

  static final String PORT = "port ";

  private static final String ACCESS_KEY = "millrace";
  private static final String SECRET_KEY = "correct-horse";
  private static final String CLASS_PATH = "/META-INF/millrace/s3-server-classpath";
  private static final List<String> CREDENTIALS_VARIABLES =
      List.of("AWS_SHARED_CREDENTIALS_FILE", "AWS_CREDENTIAL_PROFILES_FILE");

  private final Process process;
  private final URI endpoint;

  private S3Server(Process process, int port) {
    this.process = process;
    endpoint = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Starts a server, and writes its keys as a profile to where the environment says that pods find
   * them.
   */
  public static S3Server start() throws IOException {
    String classPath = ownClasses() + System.getProperty("path.separator") + serverClassPath();
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            S3Process.class.getName(),
            BUCKET,
            ACCESS_KEY,
            SECRET_KEY);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    var server = new S3Server(process, port(process.inputReader(StandardCharsets.UTF_8)));
    writeCredentials();
    return server;
  }

  /** Where clients find it. */
  public URI endpoint() {
    return endpoint;
  }

  /** URI of a folder in the bucket. */
  public static String location(String folder) {
    return "s3a://" + BUCKET + "/" + folder;
  }

  /** Completes the next uploads of Parquet and JSON, but tells the client that it failed. */
  public void loseAnswers(int completions) throws IOException {
    process.getOutputStream().write(completions);
    process.getOutputStream().flush();
  }

  /** Waits for the port; what the server says afterwards is passed on. */
  private static int port(BufferedReader output) throws IOException {
    var said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(PORT)) {
        var rest = new Thread(() -> output.lines().forEach(System.out::println), "S3 server");
        rest.setDaemon(true);
        rest.start();
        return Integer.parseInt(line.substring(PORT.length()));
      }
      said.append(line).append('\n');
    }
    throw new IOException("the S3 server did not start:\n" + said);
  }

  private static void writeCredentials() throws IOException {
    String profile =
        "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
            .formatted(ACCESS_KEY, SECRET_KEY);
    for (String variable : CREDENTIALS_VARIABLES) {
      Path file = Path.of(System.getenv(variable));
      Files.createDirectories(file.getParent());
      Files.writeString(file, profile);
    }
  }

  private static String ownClasses() {
    try {
      URI own = S3Server.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(own).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path has a place that is no URI", e);
    }
  }

  private static String serverClassPath() throws IOException {
    try (var list = S3Server.class.getResourceAsStream(CLASS_PATH)) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
