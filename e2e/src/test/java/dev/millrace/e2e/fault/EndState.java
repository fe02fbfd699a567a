package dev.millrace.e2e.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A pipeline with all its children at one moment, without what differs between two lives that went
 * the same way: times, UIDs, resource versions, hashes made from them, and generated secrets. Two
 * lives have ended alike if these are equal.
 *
 * @param lines one object a line, sorted
 */
record EndState(List<String> lines) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final Set<String> SERVER_METADATA =
      Set.of(
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields");
  private static final Set<String> FIGURES =
      Set.of(
          "lastTransitionTime",
          "lastCheckpoint",
          "lastSavepoint",
          "watermark",
          "accounting",
          "replayed");
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");
  private static final Pattern UID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern HASH = Pattern.compile("(?<![0-9a-z])[0-9a-f]{8,64}(?![0-9a-z])");

  static EndState of(Subject subject) {
    var lines = new ArrayList<String>();
    var pipeline = subject.read();
    if (!pipeline.isMissingNode()) {
      lines.add("FeaturePipeline " + pipeline((ObjectNode) pipeline));
    }
    for (var kind : Kinds.CHILDREN) {
      for (var child : subject.children(kind)) {
        lines.add(kind.getKind() + " " + child(kind, Neighbour.tree(child)));
      }
    }
    lines.sort(null);
    return new EndState(List.copyOf(lines));
  }

  /** Lines that only one of the two has; none if both are equal. */
  List<String> differences(EndState actual) {
    var differences = new ArrayList<String>();
    lines.stream()
        .filter(line -> !actual.lines.contains(line))
        .forEach(l -> differences.add("- " + l));
    actual.lines.stream()
        .filter(line -> !lines.contains(line))
        .forEach(l -> differences.add("+ " + l));
    if (differences.isEmpty() && lines.size() != actual.lines.size()) {
      differences.add("objects: " + lines.size() + " wanted, " + actual.lines.size() + " there");
    }
    return differences;
  }

  private static String pipeline(ObjectNode pipeline) {
    metadata(pipeline);
    forget(pipeline.path("status"));
    return text(pipeline);
  }

  private static String child(ResourceDefinitionContext kind, JsonNode child) {
    var object = (ObjectNode) child;
    metadata(object);
    object.remove("status"); // its own operator's business
    if (kind == Kinds.SECRET) {
      mask(object.path("data"));
    }
    if (kind == Kinds.SERVICE) {
      ((ObjectNode) object.path("spec")).remove(List.of("clusterIP", "clusterIPs"));
    }
    if (kind == Kinds.CLAIM) {
      ((ObjectNode) object.path("spec")).remove("volumeName");
    }
    mask(object.at("/spec/podTemplate/metadata/annotations"));
    return text(object);
  }

  private static void metadata(ObjectNode object) {
    ((ObjectNode) object.path("metadata")).remove(SERVER_METADATA);
  }

  private static void forget(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(FIGURES);
    }
    node.forEach(EndState::forget);
  }

  private static void mask(JsonNode values) {
    if (values instanceof ObjectNode object) {
      object.properties().forEach(value -> object.put(value.getKey(), "<masked>"));
    }
  }

  private static String text(JsonNode node) {
    try {
      var sorted = JSON.writeValueAsString(JSON.treeToValue(node, Object.class));
      var timeless = INSTANT.matcher(sorted).replaceAll("<time>");
      return HASH.matcher(UID.matcher(timeless).replaceAll("<uid>")).replaceAll("<hash>");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("objects of the API server are JSON", e);
    }
  }
}
