package dev.millrace.flink.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real Kafka broker in this JVM: one KRaft node on free ports, its log in a temporary folder. */
public final class EmbeddedBroker implements AutoCloseable {
  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final int tlsPort;

  private EmbeddedBroker(KafkaRaftServer server, int port, int tlsPort) {
    this.server = server;
    this.bootstrapServers = "127.0.0.1:" + port;
    this.tlsPort = tlsPort;
  }

  static EmbeddedBroker start() throws Exception {
    return start(null);
  }

  /** A broker with a second listener that wants TLS and a certificate of the client. */
  public static EmbeddedBroker startWithTls(Certificates certificates) throws Exception {
    return start(certificates);
  }

  private static EmbeddedBroker start(Certificates certificates) throws Exception {
    Path folder = Files.createTempDirectory("millrace-kafka");
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(folder.toString())
        .addDirectory(folder.toString())
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setIgnoreFormatted(true)
        .run();
    int port = freePort();
    Properties properties = properties(folder, port, freePort());
    int tlsPort = certificates == null ? 0 : listenWithTls(properties, certificates);
    var config = new KafkaConfig(properties, false);
    var server = new KafkaRaftServer(config, Time.SYSTEM);
    server.startup();
    return new EmbeddedBroker(server, port, tlsPort);
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Port of the TLS listener; 0 if there is none. */
  public int tlsPort() {
    return tlsPort;
  }

  private static int listenWithTls(Properties properties, Certificates certificates)
      throws IOException {
    int port = freePort();
    String listener = ",SSL://127.0.0.1:" + port;
    properties.merge("listeners", listener, (a, b) -> a + (String) b);
    properties.merge("advertised.listeners", listener, (a, b) -> a + (String) b);
    properties.merge("listener.security.protocol.map", ",SSL:SSL", (a, b) -> a + (String) b);
    properties.put("ssl.client.auth", "required");
    properties.put("ssl.keystore.type", "PKCS12");
    properties.put("ssl.keystore.location", certificates.keyStore().toString());
    properties.put("ssl.keystore.password", Certificates.PASSWORD);
    properties.put("ssl.key.password", Certificates.PASSWORD);
    properties.put("ssl.truststore.type", "PEM");
    properties.put("ssl.truststore.location", certificates.authority().toString());
    return port;
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Properties properties(Path folder, int port, int controllerPort) {
    var properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", folder.toString());
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("auto.create.topics.enable", "false");
    properties.put("num.network.threads", "1");
    properties.put("num.io.threads", "2");
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    properties.put("socket.request.max.bytes", "104857600");
    return properties;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
