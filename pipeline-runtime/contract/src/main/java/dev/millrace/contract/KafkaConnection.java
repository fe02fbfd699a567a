package dev.millrace.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a job reaches Kafka. Only paths are in the settings, never what the files hold: settings end
 * up in Flink's job graph and in logs, so Kafka's own provider reads the key when a client is made
 * (reliability.md §3.3).
 *
 * @param bootstrapServers addresses
 * @param tlsFolder folder with {@code ca.crt}, the authority of the <em>brokers</em>, and, where
 *     the brokers want a client certificate, {@code user.crt} and {@code user.key} (PKCS #8), all
 *     PEM, as in a Strimzi user's Secret. Empty for plaintext. Strimzi's own {@code ca.crt} in that
 *     Secret is the clients' authority: the cluster's has to take its place
 */
public record KafkaConnection(String bootstrapServers, String tlsFolder) {
  private static final String AUTHORITY = "ca.crt";
  private static final String CERTIFICATE = "user.crt";
  private static final String KEY = "user.key";
  private static final String PROVIDER =
      "org.apache.kafka.common.config.provider.DirectoryConfigProvider";

  /**
   * Settings of any Kafka client, {@code bootstrap.servers} included. With TLS the brokers'
   * certificate has to be of the authority and name their host, and there is no way back to
   * plaintext.
   *
   * @throws MillraceFailure {@link Reason#SECRET_NOT_FOUND}
   */
  public Map<String, String> settings() {
    var settings = new TreeMap<String, String>();
    settings.put("bootstrap.servers", bootstrapServers);
    if (tlsFolder.isEmpty()) {
      return settings;
    }
    settings.put("security.protocol", "SSL");
    settings.put("ssl.endpoint.identification.algorithm", "https");
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.location", file(AUTHORITY).toString());
    if (Files.exists(Path.of(tlsFolder, CERTIFICATE)) || Files.exists(Path.of(tlsFolder, KEY))) {
      settings.put("config.providers", "directory");
      settings.put("config.providers.directory.class", PROVIDER);
      settings.put("config.providers.directory.param.allowed.paths", tlsFolder);
      settings.put("ssl.keystore.type", "PEM");
      settings.put("ssl.keystore.certificate.chain", reference(CERTIFICATE));
      settings.put("ssl.keystore.key", reference(KEY));
    }
    return settings;
  }

  private String reference(String name) {
    return "${directory:" + tlsFolder + ":" + file(name).getFileName() + "}";
  }

  private Path file(String name) {
    Path file = Path.of(tlsFolder, name);
    if (!Files.isReadable(file)) {
      throw new MillraceFailure(
          Reason.SECRET_NOT_FOUND,
          "the connection's tlsSecret has no readable key " + name + " (" + file + ")");
    }
    return file;
  }
}
