package dev.millrace.operator.observe;

import dev.millrace.contract.PlainText;
import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import dev.millrace.operator.observe.ChildHealth.Refused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a refusal of Strimzi's topic operator means and what to do (neighbours.md §1.3). */
final class TopicFailures {
  private static final int SEARCHED = 2048;
  private static final Pattern BROKERS = Pattern.compile("only (\\d{1,6}) broker");

  private TopicFailures() {}

  static ChildHealth of(ChildRef ref, TopicExpectation expected, String reason, String message) {
    String searched = PlainText.line(message, SEARCHED);
    String text = ref + ": " + ForeignText.cause(searched) + "; ";
    return switch (reason) {
      case "NotSupported" ->
          new Refused(Reason.TOPIC_NOT_READY, text + notSupported(searched, expected));
      case "ResourceConflict" ->
          new Refused(
              Reason.TOPIC_CONFLICT,
              text + "delete that KafkaTopic, or read the topic with managed: false");
      case "KafkaError", "InternalError" -> kafka(searched, text, expected);
      default ->
          new Progressing(
              Reason.TOPIC_NOT_READY,
              message.isBlank() ? ref + " is not ready; wait" : text + "wait");
    };
  }

  private static String notSupported(String message, TopicExpectation expected) {
    if (message.contains("Replication factor")) {
      return "set " + expected.path() + ".replicas back";
    }
    return message.contains("partitions")
        ? "the topic has more partitions in Kafka than in the spec, it needs another topic"
        : "delete the KafkaTopic's change, or the KafkaTopic";
  }

  private static ChildHealth kafka(String message, String text, TopicExpectation expected) {
    String path = expected.path();
    if (message.contains("InvalidReplicationFactorException")) {
      return new Refused(Reason.TOPIC_NOT_READY, text + replicas(message, path));
    }
    if (message.contains("InvalidConfigurationException")
        || message.contains("InvalidResourceException")) {
      return new Refused(Reason.TOPIC_NOT_READY, text + "correct " + path + ".config");
    }
    if (message.contains("InvalidTopicException")) {
      return new Refused(Reason.TOPIC_NOT_READY, text + "correct " + path + ".name");
    }
    if (message.contains("InvalidPartitionsException")) {
      return new Refused(Reason.TOPIC_NOT_READY, text + "correct " + path + ".partitions");
    }
    if (message.contains("PolicyViolationException")) {
      return new Refused(Reason.TOPIC_NOT_READY, text + "do what the cluster's policy asks for");
    }
    if (message.contains("AuthorizationException")) {
      return new Refused(
          Reason.TOPIC_NOT_READY, text + "allow the topic operator to create and alter the topic");
    }
    return new Progressing(
        Reason.TOPIC_NOT_READY, text + "check Kafka cluster " + expected.cluster());
  }

  private static String replicas(String message, String path) {
    Matcher brokers = BROKERS.matcher(message);
    return brokers.find() && !brokers.group(1).equals("0")
        ? "set " + path + ".replicas to " + brokers.group(1) + " or add brokers"
        : "add brokers";
  }
}
