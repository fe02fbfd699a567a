package dev.millrace.local.service;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One KRaft node, broker and controller, inside this JVM; its log lives in a folder. */
public final class KafkaBroker implements AutoCloseable {
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final AtomicBoolean running;

  private KafkaBroker(KafkaRaftServer server, String bootstrapServers, AtomicBoolean running) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
    this.running = running;
  }

  /**
   * Formats the folder if it is new and starts the broker.
   *
   * @param folder data folder; one that held a broker before continues
   * @param port client port
   * @param controllerPort port of the quorum of one
   * @param died told when the broker ends itself, such as on a full disk
   */
  public static KafkaBroker start(Path folder, int port, int controllerPort, Consumer<String> died)
      throws Exception {
    format(folder);
    var running = new AtomicBoolean(true);
    Exit.Procedure ended =
        (code, message) -> {
          if (running.get()) {
            died.accept("Kafka in " + folder + " ended itself; see its log for the cause");
          }
        };
    Exit.setExitProcedure(ended);
    Exit.setHaltProcedure(ended);
    var server =
        new KafkaRaftServer(
            new KafkaConfig(properties(folder, port, controllerPort), false), Time.SYSTEM);
    server.startup();
    return new KafkaBroker(server, "127.0.0.1:" + port, running);
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    if (running.compareAndSet(true, false)) {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  private static void format(Path folder) throws Exception {
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .setNodeId(NODE)
        .setClusterId(clusterId(folder))
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(folder.resolve("log").toString())
        .addDirectory(folder.resolve("log").toString())
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setIgnoreFormatted(true)
        .run();
  }

  // A folder that was formatted for one cluster id refuses any other.
  private static String clusterId(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("cluster.id");
    if (!Files.exists(file)) {
      Files.writeString(file, Uuid.randomUuid().toString());
    }
    return Files.readString(file);
  }

  private static Properties properties(Path folder, int port, int controllerPort) {
    var properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE));
    properties.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", folder.resolve("log").toString());
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("auto.create.topics.enable", "false");
    // Two cores are shared with Flink and Redis.
    properties.put("num.network.threads", "1");
    properties.put("num.io.threads", "2");
    properties.put("num.recovery.threads.per.data.dir", "1");
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    return properties;
  }
}
