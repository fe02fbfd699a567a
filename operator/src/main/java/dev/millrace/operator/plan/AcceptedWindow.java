package dev.millrace.operator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.millrace.v1alpha1.LabelWindow;
import dev.millrace.v1alpha1.LabelWindowSpec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The spec of a LabelWindow that was accepted and is carried out, and how many training sets it has
 * published: after the first, what a row means is fixed (reliability.md §2, L19).
 *
 * @param spec accepted spec as JSON
 * @param publishedRuns most published runs that any report named
 * @param topicIds ids of its topics
 */
public record AcceptedWindow(String spec, int publishedRuns, TopicIds topicIds) {
  private static final String SPEC = "spec.json";
  private static final String RUNS = "publishedRuns";
  private static final String TOPIC_IDS = "topicIds.json";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  /** Reads a ConfigMap's data; empty if it is none of ours or was damaged. */
  public static Optional<AcceptedWindow> parse(Map<String, String> data) {
    try {
      String spec = data.getOrDefault(SPEC, "");
      if (MAPPER.readValue(spec, LabelWindowSpec.class) == null) {
        return Optional.empty(); // the word null is JSON too
      }
      return Optional.of(
          new AcceptedWindow(
              spec,
              Integer.parseInt(data.getOrDefault(RUNS, "")),
              TopicIds.parse(data.getOrDefault(TOPIC_IDS, "{}"))));
    } catch (JsonProcessingException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The data of the ConfigMap. */
  public Map<String, String> data() {
    var data = new TreeMap<>(Map.of(SPEC, spec, RUNS, String.valueOf(publishedRuns)));
    if (!topicIds.byTopic().isEmpty()) {
      data.put(TOPIC_IDS, topicIds.json());
    }
    return data;
  }

  /** The window as it was accepted. */
  LabelWindow window(LabelWindow current) {
    try {
      var window = new LabelWindow();
      window.setMetadata(current.getMetadata());
      window.setSpec(MAPPER.readValue(spec, LabelWindowSpec.class));
      return window;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the spec was read before", e);
    }
  }

  /** The same after another report. */
  AcceptedWindow published(int runs) {
    return new AcceptedWindow(spec, runs, topicIds);
  }

  /** The same with the topics that were seen. */
  public AcceptedWindow with(TopicIds seen) {
    return new AcceptedWindow(spec, publishedRuns, seen);
  }

  /** A window that is accepted; what is known of the topics stays. */
  static AcceptedWindow of(LabelWindow window, int publishedRuns, TopicIds topicIds) {
    try {
      Object tree = MAPPER.treeToValue(MAPPER.valueToTree(window.getSpec()), Object.class);
      return new AcceptedWindow(MAPPER.writeValueAsString(tree), publishedRuns, topicIds);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a spec that was read can be written", e);
    }
  }
}
