package dev.millrace.e2e.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.e2e.neighbour.Children;
import dev.millrace.e2e.neighbour.Json;
import dev.millrace.e2e.neighbour.Kinds;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A pipeline with all its children at one moment, without what differs between two lives that went
 * the same way: their namespace, times, UIDs, resource versions, hashes made from them, and
 * generated secrets. Two lives have ended alike if these are equal. Of the status it has what is
 * true now; {@code status.plan} tells of the last change that was reported, which is history.
 *
 * @param lines one value a line: kind, name, path and value; sorted
 */
record EndState(List<String> lines) {
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

  /** Its members are in the order of names that have hashes in them. */
  private static final String TOPIC_IDS = "topicIds.json";

  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");
  private static final Pattern UID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern HASH = Pattern.compile("(?<![0-9a-z])[0-9a-f]{8,64}(?![0-9a-z])");

  static EndState of(Subject subject, Children children) {
    var lines = new ArrayList<String>();
    var pipeline = subject.read();
    if (!pipeline.isMissingNode()) {
      pipeline((ObjectNode) pipeline);
      flatten("FeaturePipeline", pipeline, lines);
    }
    for (var kind : Kinds.CHILDREN) {
      for (var child : children.of(kind, subject.namespace())) {
        var tree = (ObjectNode) Json.tree(child);
        var name = kind.getKind() + " " + child.getMetadata().getName();
        child(kind, tree);
        flatten(name, tree, lines);
      }
    }
    var namespace = Pattern.compile(Pattern.quote(subject.namespace()) + "(?!\\d)");
    return new EndState(lines.stream().map(line -> mask(line, namespace)).sorted().toList());
  }

  /** Lines that only one of the two has; none if both are equal. */
  List<String> differences(EndState actual) {
    var missing = new ArrayList<>(lines);
    var surplus = new ArrayList<>(actual.lines);
    for (var line : lines) {
      if (surplus.remove(line)) {
        missing.remove(line);
      }
    }
    var differences = new ArrayList<String>();
    missing.forEach(line -> differences.add("- " + line));
    surplus.forEach(line -> differences.add("+ " + line));
    return differences;
  }

  private static void pipeline(ObjectNode pipeline) {
    metadata(pipeline);
    if (pipeline.path("status") instanceof ObjectNode status) {
      status.remove("plan");
    }
    forget(pipeline.path("status"));
  }

  private static void child(ResourceDefinitionContext kind, ObjectNode object) {
    metadata(object);
    object.remove("status"); // its own operator's business
    if (kind == Kinds.SECRET) {
      hide(object.path("data"));
    }
    if (kind == Kinds.SERVICE) {
      ((ObjectNode) object.path("spec")).remove(List.of("clusterIP", "clusterIPs"));
    }
    if (kind == Kinds.CLAIM) {
      ((ObjectNode) object.path("spec")).remove("volumeName");
    }
    hide(object.at("/spec/podTemplate/metadata/annotations"));
    if (object.path("data") instanceof ObjectNode data && data.has(TOPIC_IDS)) {
      data.set(TOPIC_IDS, Json.parse(data.get(TOPIC_IDS).asText()));
    }
  }

  private static void flatten(String path, JsonNode node, List<String> lines) {
    if (node.isContainerNode() && !node.isEmpty()) {
      node.properties()
          .forEach(member -> flatten(path + "/" + member.getKey(), member.getValue(), lines));
      for (int index = 0; node.isArray() && index < node.size(); index++) {
        flatten(path + "/" + index, node.get(index), lines);
      }
    } else {
      lines.add(path + ": " + node);
    }
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

  private static void hide(JsonNode values) {
    if (values instanceof ObjectNode object) {
      object.properties().forEach(value -> object.put(value.getKey(), "<hidden>"));
    }
  }

  private static String mask(String text, Pattern namespace) {
    var placeless = namespace.matcher(text).replaceAll("<namespace>");
    var timeless = INSTANT.matcher(placeless).replaceAll("<time>");
    return HASH.matcher(UID.matcher(timeless).replaceAll("<uid>")).replaceAll("<hash>");
  }
}
