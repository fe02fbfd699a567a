package dev.millrace.operator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.FeaturePipelineSpec;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The specs that were accepted and are carried out: the newest, and beside it the one whose version
 * readers still see (semantics.md §4). A spec that is refused never gets in here, so the children
 * of a pipeline always follow from this. It is kept as the data of a ConfigMap.
 *
 * @param servedVersion version that readers see
 * @param specs accepted specs as JSON, by version; one or two
 * @param usedApproval hash of the last plan that lost data, empty before the first: the next such
 *     plan follows from it, so that an approval counts once (reliability.md §2)
 * @param topicIds ids of its topics under the newest version; a new version forgets them, it goes
 *     on with what is left (semantics.md §4)
 */
public record RolloutMemory(
    int servedVersion, SortedMap<Integer, String> specs, String usedApproval, TopicIds topicIds) {
  private static final String SERVED = "servedVersion";
  private static final String USED_APPROVAL = "usedApproval";
  private static final String TOPIC_IDS = "topicIds.json";
  private static final String PREFIX = "spec-v";
  private static final String SUFFIX = ".json";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  public RolloutMemory {
    specs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(specs));
  }

  /** The memory of a pipeline whose first spec is accepted: it is served from the start. */
  static RolloutMemory first(FeaturePipeline pipeline) {
    int version = pipeline.getSpec().getVersion();
    return new RolloutMemory(
        version, new TreeMap<>(Map.of(version, json(pipeline.getSpec()))), "", TopicIds.NONE);
  }

  /** The memory of a pipeline whose only spec is known to be the current one. */
  static RolloutMemory rebuilt(FeaturePipeline pipeline) {
    var rollout = pipeline.getSpec().getRollout();
    String approval = rollout == null ? null : rollout.getApprovedPlan();
    // Whatever approval the spec still has may have been used up.
    return first(pipeline).used(approval == null ? "" : approval);
  }

  /** Reads a ConfigMap's data; empty if it is none of ours or was damaged. */
  public static Optional<RolloutMemory> parse(Map<String, String> data) {
    var specs = new TreeMap<Integer, String>();
    try {
      for (Map.Entry<String, String> entry : data.entrySet()) {
        String key = entry.getKey();
        if (key.startsWith(PREFIX) && key.endsWith(SUFFIX)) {
          if (MAPPER.readValue(entry.getValue(), FeaturePipelineSpec.class) == null) {
            return Optional.empty(); // the word null is JSON too
          }
          String version = key.substring(PREFIX.length(), key.length() - SUFFIX.length());
          specs.put(Integer.valueOf(version), entry.getValue());
        }
      }
      int served = Integer.parseInt(data.getOrDefault(SERVED, ""));
      return specs.containsKey(served) && specs.size() <= 2
          ? Optional.of(
              new RolloutMemory(
                  served,
                  specs,
                  data.getOrDefault(USED_APPROVAL, ""),
                  TopicIds.parse(data.getOrDefault(TOPIC_IDS, "{}"))))
          : Optional.empty();
    } catch (JsonProcessingException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The data of the ConfigMap. */
  public Map<String, String> data() {
    var data = new TreeMap<String, String>();
    data.put(SERVED, String.valueOf(servedVersion));
    if (!usedApproval.isEmpty()) {
      data.put(USED_APPROVAL, usedApproval);
    }
    if (!topicIds.byTopic().isEmpty()) {
      data.put(TOPIC_IDS, topicIds.json());
    }
    specs.forEach((version, spec) -> data.put(PREFIX + version + SUFFIX, spec));
    return data;
  }

  /** Version of the newest accepted spec. */
  public int newestVersion() {
    return specs.lastKey();
  }

  /** The pipeline as it was when that version was accepted. */
  public FeaturePipeline pipeline(FeaturePipeline current, int version) {
    try {
      var pipeline = new FeaturePipeline();
      pipeline.setMetadata(current.getMetadata());
      pipeline.setSpec(MAPPER.readValue(specs.get(version), FeaturePipelineSpec.class));
      return pipeline;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("spec of version " + version + " was read before", e);
    }
  }

  /** Takes the pipeline's spec as the newest one; a third version drops the one in between. */
  RolloutMemory accept(FeaturePipeline pipeline) {
    int version = pipeline.getSpec().getVersion();
    var next = new TreeMap<>(specs);
    next.keySet().removeIf(old -> old != servedVersion);
    next.put(version, json(pipeline.getSpec()));
    boolean sameVersion = version == newestVersion();
    return new RolloutMemory(
        servedVersion, next, usedApproval, sameVersion ? topicIds : TopicIds.NONE);
  }

  /** Readers have switched; what is older is no longer needed. */
  RolloutMemory switchedTo(int version) {
    return new RolloutMemory(version, specs.tailMap(version), usedApproval, topicIds);
  }

  /** A plan that loses data is carried out; its approval is used up. */
  RolloutMemory used(String approval) {
    return new RolloutMemory(servedVersion, specs, approval, topicIds);
  }

  /** The same with the topics that were seen. */
  public RolloutMemory with(TopicIds seen) {
    return new RolloutMemory(servedVersion, specs, usedApproval, seen);
  }

  /** A spec in one form, whatever form it had in the resource: equal specs give equal texts. */
  private static String json(FeaturePipelineSpec spec) {
    JsonNode tree = MAPPER.valueToTree(spec);
    try {
      return MAPPER.writeValueAsString(MAPPER.treeToValue(tree, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a spec that was read can be written", e);
    }
  }
}
