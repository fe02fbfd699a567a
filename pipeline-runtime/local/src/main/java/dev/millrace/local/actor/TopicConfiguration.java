package dev.millrace.local.actor;

import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The free-form {@code spec.config} of a KafkaTopic as Kafka's strings (neighbours.md §1.1). */
final class TopicConfiguration {
  private TopicConfiguration() {}

  /** A value is null where the resource says null: the broker refuses it in its own words. */
  static Map<String, String> of(KafkaTopic resource) {
    var configuration = new HashMap<String, String>();
    if (resource.getSpec().getConfig() != null) {
      resource
          .getSpec()
          .getConfig()
          .forEach((key, value) -> configuration.put(key, text(key, value)));
    }
    return configuration;
  }

  private static String text(String key, Object value) {
    if (value instanceof Map<?, ?>) {
      throw new InvalidTopicResource("Invalid value for topic config '" + key + "': " + value);
    }
    if (value instanceof List<?> list) {
      return String.join(",", list.stream().map(String::valueOf).toList());
    }
    return value == null ? null : String.valueOf(value);
  }

  /** A resource that Strimzi cannot read; shown under the name of its own exception. */
  static final class InvalidTopicResource extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final String SHOWN = "io.strimzi.operator.common.model.InvalidResourceException";

    InvalidTopicResource(String message) {
      super(message);
    }

    @Override
    public String toString() {
      return SHOWN + ": " + getMessage();
    }
  }
}
