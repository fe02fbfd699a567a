package dev.millrace.operator.desired;

import dev.millrace.contract.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The names of all children; nothing else makes one. */
public final class Names {
  /** Ending of the ConfigMap with the accepted specs of a pipeline. */
  public static final String ROLLOUT = "-rollout";

  /** Ending of the ConfigMap with the accepted spec of a LabelWindow. */
  public static final String ACCEPTED = "-accepted";

  private static final int LONGEST_TOPIC_STEM = 244;
  private static final int HASH_DIGITS = 8;

  private Names() {}

  /** FlinkDeployment of one version: at most 44 characters, Flink allows 45. */
  public static String flinkDeployment(String pipeline, int version) {
    return pipeline + "-v" + version;
  }

  /** ConfigMap with a document, by the document's content. */
  public static String definition(String owner, String document) {
    return owner + "-" + hash(document);
  }

  /** KafkaTopic of a topic: its name made valid, plus a hash that keeps it unique. */
  public static String kafkaTopic(String kafkaName) {
    String valid = kafkaName.toLowerCase(Locale.ROOT).replace('.', '-').replace('_', '-');
    String stem = valid.substring(0, Math.min(valid.length(), LONGEST_TOPIC_STEM));
    return (stem + "-" + hash(kafkaName)).replaceAll("^-+", "");
  }

  /** StatefulSet, Service, Secret and NetworkPolicy of a managed Redis. */
  public static String redis(String pipeline) {
    return pipeline + "-redis";
  }

  /** Volume of a managed Redis, as its StatefulSet names it. */
  public static String redisClaim(String pipeline) {
    return "data-" + redis(pipeline) + "-0";
  }

  /** Host under which a managed Redis is reached. */
  public static String redisHost(String pipeline, String namespace) {
    return redis(pipeline) + "." + namespace + ".svc";
  }

  /** ConfigMap with the accepted specs of a pipeline. */
  public static String rollout(String pipeline) {
    return pipeline + ROLLOUT;
  }

  /** ConfigMap with the accepted spec of a LabelWindow. */
  public static String accepted(String labelWindow) {
    return labelWindow + ACCEPTED;
  }

  /** NetworkPolicy of a pipeline's job pods. */
  public static String streamPolicy(String pipeline) {
    return pipeline + "-stream";
  }

  /** CronJob of a LabelWindow: at most 37 characters, CronJobs allow 52. */
  public static String cronJob(String labelWindow) {
    return labelWindow;
  }

  /** NetworkPolicy of a LabelWindow's extract pods. */
  public static String extractPolicy(String labelWindow) {
    return labelWindow + "-extract";
  }

  /**
   * Job that deletes what a resource leaves behind, and its NetworkPolicy: at most 55 characters,
   * Jobs allow 63.
   */
  public static String cleanUp(ResourceKind kind, String name) {
    return switch (kind) {
      case FEATURE_PIPELINE -> name + "-pipeline-clean-up";
      case LABEL_WINDOW -> name + "-labels-clean-up";
    };
  }

  /** ConfigMap that records that a resource's data goes with it. */
  public static String deletion(ResourceKind kind, String name) {
    return switch (kind) {
      case FEATURE_PIPELINE -> name + "-pipeline-deletion";
      case LABEL_WINDOW -> name + "-labels-deletion";
    };
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
