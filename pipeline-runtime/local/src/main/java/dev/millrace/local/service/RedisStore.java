package dev.millrace.local.service;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.process.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server on 127.0.0.1: the bundled binary, or the one on the PATH. */
public final class RedisStore implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final ChildProcess process;
  private final int port;

  private RedisStore(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts the server with its append-only file in the folder; what it held before is kept. */
  public static RedisStore start(Path folder, int port, Path log) throws IOException {
    List<String> settings =
        List.of(
            "--dir",
            folder.toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "everysec",
            "--maxmemory-policy",
            "noeviction");
    return start(folder, port, log, settings);
  }

  /**
   * Starts the server with settings of one's own.
   *
   * @param folder working directory
   * @param settings arguments of redis-server, without address and port
   */
  public static RedisStore start(Path folder, int port, Path log, List<String> settings)
      throws IOException {
    Files.createDirectories(folder);
    IOException bundled = null;
    try {
      return start(folder, port, log, bundledBinary(folder.resolve("bin")).toString(), settings);
    } catch (IOException e) {
      bundled = e;
    }
    try {
      return start(folder, port, log, "redis-server", settings);
    } catch (IOException e) {
      e.addSuppressed(bundled);
      throw new LocalFailure(
          "no redis-server runs here: the bundled one needs libssl 3 ("
              + bundled.getMessage()
              + ") and none is on the PATH; install redis-server",
          e);
    }
  }

  /** The server's process. */
  public ChildProcess process() {
    return process;
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.stop(Duration.ofSeconds(10));
  }

  private static File bundledBinary(Path folder) throws IOException {
    Files.createDirectories(folder);
    return ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
  }

  private static RedisStore start(
      Path folder, int port, Path log, String binary, List<String> settings) throws IOException {
    var command = new ArrayList<String>();
    command.addAll(List.of(binary, "--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--daemonize", "no"));
    command.addAll(settings);
    var process = ChildProcess.start("redis", command, folder, log);
    try {
      awaitPong(process, port);
      return new RedisStore(process, port);
    } catch (IOException e) {
      process.kill();
      throw e;
    }
  }

  private static void awaitPong(ChildProcess process, int port) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new IOException("redis-server ended at once: " + lastLine(process.log()));
      }
      if (answers(port)) {
        return;
      }
      pause();
    }
    throw new IOException("redis-server does not answer on port " + port + " after " + START);
  }

  private static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
      socket.setSoTimeout(1000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
      return answer.equals("+PONG") || answer.equals("-NOAU"); // it asks for a password: it is up
    } catch (IOException e) {
      return false; // not listening yet; the caller asks again until its deadline
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while redis-server started", e);
    }
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
  }
}
