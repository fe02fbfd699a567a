package dev.millrace.e2e.platform;

import dev.millrace.e2e.cluster.ChartRelease;
import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.TestControlPlane;
import dev.millrace.local.actor.cluster.ActorSettings;
import dev.millrace.local.actor.cluster.ClusterActors;
import dev.millrace.local.controlplane.CrdFiles;
import dev.millrace.local.controlplane.NeighbourCrds;
import dev.millrace.local.process.FreePort;
import dev.millrace.local.service.KafkaBroker;
import dev.millrace.local.service.RedisStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The chart on a control plane with real data flowing: a Kafka broker, a Redis, and actors in the
 * place of the operators next door, which run real jobs. One operator runs at a time.
 */
public final class Platform implements AutoCloseable {
  private static final int TENANTS = 30;
  private static final String REDIS_IMAGE = "test/redis:1";
  private static final String SPARK_IMAGE = "test/spark-job:1";

  private final TestControlPlane plane;
  private final Path folder;
  private final KafkaBroker kafka;
  private final RedisStore redis;
  private final ClusterActors actors;
  private final ChartRelease release;
  private OperatorProcess operator;

  private Platform(TestControlPlane plane) throws Exception {
    this.plane = plane;
    folder = Files.createDirectories(plane.folder().resolve("platform"));
    CrdFiles.install(client(), CrdFiles.ours());
    CrdFiles.install(client(), NeighbourCrds.all());
    List.of(ChartRelease.SYSTEM, ChartRelease.KAFKA).forEach(plane::createNamespace);
    kafka =
        KafkaBroker.start(
            folder.resolve("kafka"),
            FreePort.of(0, ""),
            FreePort.of(0, ""),
            why -> System.err.println("Kafka died: " + why));
    redis =
        RedisStore.start(folder.resolve("redis"), FreePort.of(0, ""), folder.resolve("redis.log"));
    actors =
        ClusterActors.start(
            client(),
            folder.resolve("actors"),
            kafka.bootstrapServers(),
            ActorSettings.small(
                "main",
                Map.of(
                    REDIS_IMAGE,
                    ActorSettings.Program.REDIS,
                    SPARK_IMAGE,
                    ActorSettings.Program.SPARK)));
    release = ChartRelease.install(plane, List.of(), TENANTS, values());
  }

  /** Sets everything up but the operator. */
  static Platform start() {
    var plane = TestControlPlane.start("platform");
    try {
      return new Platform(plane);
    } catch (Exception e) {
      plane.close();
      throw new IllegalStateException("the platform cannot be started", e);
    }
  }

  private String values() {
    return """
        jobImages: {flink: "test/flink-job:1", spark: "%s", redis: "%s"}
        connections:
          kafka:
          - {name: default, cluster: main, namespace: kafka, bootstrapServers: "%s"}
          redis:
          - {name: default, host: 127.0.0.1, port: %d}
          storage:
          - {name: default, location: "%s"}
        process:
          resyncSeconds: 3
          retryCapSeconds: 2
          jobRest: "%s"
          savepointWaitSeconds: 20
          topicReleaseWaitSeconds: 8
          cleanUpWaitSeconds: 90
        """
        .formatted(
            SPARK_IMAGE,
            REDIS_IMAGE,
            kafka.bootstrapServers(),
            redis.port(),
            lake().toUri(),
            actors.flinkRestAddress() + "/<namespace>/<deployment>");
  }

  /** A tenant namespace that no other test has. */
  String tenant() {
    return release.tenant();
  }

  /** The running operator; started if there is none or the last one was ended. */
  public OperatorProcess operator() {
    if (operator == null || !operator.isAlive()) {
      operator = release.startOperator(OperatorOptions.ALONE).awaitReady();
    }
    return operator;
  }

  /** Ends the running operator. */
  public void stopOperator() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }

  public KubernetesClient client() {
    return plane.client();
  }

  /** Folder that stands for the object store. */
  public Path lake() {
    return folder.resolve("lake");
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  public int redisPort() {
    return redis.port();
  }

  public ClusterActors actors() {
    return actors;
  }

  @Override
  public void close() {
    stopOperator();
    actors.close();
    redis.close();
    kafka.close();
    plane.close();
  }
}
