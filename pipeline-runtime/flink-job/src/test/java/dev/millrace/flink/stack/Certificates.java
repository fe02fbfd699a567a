package dev.millrace.flink.stack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An authority of our own, made by the JDK's keytool, and what it signs: a broker's key store and a
 * client's PEM files as in a Strimzi user's Secret.
 */
public final class Certificates {
  static final String PASSWORD = "test-only";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes them in a folder.
   *
   * @param brokerNames what the broker's certificate is good for, as keytool wants it: {@code
   *     ip:127.0.0.1}
   */
  public static Certificates in(Path folder, String brokerNames) throws Exception {
    var certificates = new Certificates(folder);
    certificates.make("authority", "-ext", "bc:c=ca:true");
    Files.writeString(folder.resolve("ca.crt"), certificates.pem("authority"));
    certificates.sign("broker", "-ext", "san=" + brokerNames);
    certificates.sign("user");
    return certificates;
  }

  Path keyStore() {
    return folder.resolve("broker.p12");
  }

  public Path authority() {
    return folder.resolve("ca.crt");
  }

  /** Writes what a pod finds in its folder; the client's own key only if wanted. */
  public Path secret(String name, boolean withKey) throws Exception {
    Path secret = Files.createDirectories(folder.resolve(name));
    Files.copy(authority(), secret.resolve("ca.crt"));
    if (withKey) {
      Files.writeString(secret.resolve("user.crt"), pem("user"));
      var store = KeyStore.getInstance(folder.resolve("user.p12").toFile(), PASSWORD.toCharArray());
      byte[] key = store.getKey("user", PASSWORD.toCharArray()).getEncoded();
      String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      Files.writeString(
          secret.resolve("user.key"),
          "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
    }
    return secret;
  }

  private void make(String name, String... more) throws Exception {
    keytool(
        name,
        with(
            List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2"),
            more));
  }

  private void sign(String name, String... more) throws Exception {
    make(name);
    Path request = folder.resolve(name + ".csr");
    Path signed = folder.resolve(name + ".crt");
    keytool(name, List.of("-certreq", "-file", request.toString()));
    keytool(
        "authority",
        with(
            List.of(
                "-gencert",
                "-rfc",
                "-validity",
                "2",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString()),
            more));
    Path chain = folder.resolve(name + ".chain");
    Files.writeString(chain, Files.readString(signed) + pem("authority"));
    keytool(name, List.of("-importcert", "-noprompt", "-file", chain.toString()));
  }

  private String pem(String name) throws Exception {
    return keytool(name, List.of("-exportcert", "-rfc"));
  }

  private static List<String> with(List<String> arguments, String... more) {
    var all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all;
  }

  private String keytool(String name, List<String> arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-keystore", folder.resolve(name + ".p12").toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-alias", name));
    Process process = new ProcessBuilder(command).redirectError(errors()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + output + Files.readString(errors().toPath()));
    }
    return output;
  }

  private File errors() {
    return folder.resolve("keytool.err").toFile();
  }
}
