package dev.millrace.local.actor.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the actors behave.
 *
 * @param kafkaCluster value of {@code strimzi.io/cluster} that the topic operator answers to
 * @param namespaces namespaces that the actors serve; empty for all
 * @param delays how long the real ones take, scaled down
 * @param images which program a container's image is
 * @param jobJvmOptions memory and collector of a Flink job's JVM
 * @param sparkHeap heap of a Spark pod's JVM, such as {@code 1g}
 */
public record ActorSettings(
    String kafkaCluster,
    Set<String> namespaces,
    Delays delays,
    Map<String, Program> images,
    List<String> jobJvmOptions,
    String sparkHeap) {

  /** What a container runs here. */
  public enum Program {
    /** The redis-server of this machine. */
    REDIS,
    /** The Spark extract's jar, any main class of it. */
    SPARK
  }

  /**
   * Delays (neighbours.md §1.5, §2.10).
   *
   * @param topicLinger before a KafkaTopic is looked at
   * @param topicResync between looks at a KafkaTopic that has not changed
   * @param flinkProgress between looks at a FlinkDeployment that is starting
   * @param flinkReconcile between looks at any other
   * @param flinkRestReady between the first answer of the REST and READY
   * @param flinkShutdown how long a JobManager stays after a suspend
   * @param savepointTimeout for a savepoint
   */
  public record Delays(
      Duration topicLinger,
      Duration topicResync,
      Duration flinkProgress,
      Duration flinkReconcile,
      Duration flinkRestReady,
      Duration flinkShutdown,
      Duration savepointTimeout) {
    /** The real ones divided by about ten. */
    public static Delays scaled() {
      return new Delays(
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));
    }
  }

  public ActorSettings {
    namespaces = Set.copyOf(namespaces);
    images = Map.copyOf(images);
    jobJvmOptions = List.copyOf(jobJvmOptions);
  }

  /** Small processes, since several run at once; all namespaces. */
  public static ActorSettings small(String kafkaCluster, Map<String, Program> images) {
    return new ActorSettings(
        kafkaCluster,
        Set.of(),
        Delays.scaled(),
        images,
        List.of("-Xmx384m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        "1g");
  }

  /** The same with other delays. */
  public ActorSettings withDelays(Delays other) {
    return new ActorSettings(kafkaCluster, namespaces, other, images, jobJvmOptions, sparkHeap);
  }

  /** The same for some namespaces. */
  public ActorSettings withNamespaces(Set<String> other) {
    return new ActorSettings(kafkaCluster, other, delays, images, jobJvmOptions, sparkHeap);
  }

  boolean serves(ObjectKey key) {
    return namespaces.isEmpty() || namespaces.contains(key.namespace());
  }
}
