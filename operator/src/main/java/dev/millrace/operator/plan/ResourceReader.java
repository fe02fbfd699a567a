package dev.millrace.operator.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.millrace.contract.Violation;
import dev.millrace.contract.Violation.Kind;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads resources from YAML as strictly as an API server with a strict client: several documents
 * per text, unknown and repeated fields refused, every document's mistakes at once. The command and
 * the tests read through here, so they refuse the same.
 */
public final class ResourceReader {
  private static final Set<String> METADATA =
      Set.of(
          "name",
          "namespace",
          "labels",
          "annotations",
          "uid",
          "generation",
          "resourceVersion",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "finalizers",
          "ownerReferences",
          "managedFields");
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final String namespace;
  private final List<FeaturePipeline> pipelines = new ArrayList<>();
  private final List<LabelWindow> labelWindows = new ArrayList<>();
  private final List<Resources.Refusal> refusals = new ArrayList<>();

  private ResourceReader(String file, String namespace) {
    this.file = file;
    this.namespace = namespace;
  }

  /**
   * Reads all documents of a text.
   *
   * @param file what to call it in refusals
   * @param namespace namespace of documents that name none
   */
  public static Resources read(String file, String yaml, String namespace) {
    var reader = new ResourceReader(file, namespace);
    reader.documents(yaml);
    return new Resources(reader.pipelines, reader.labelWindows, reader.refusals);
  }

  private void documents(String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (documents.hasNextValue()) {
        JsonNode document = documents.nextValue();
        if (document != null && !document.isNull() && !document.isMissingNode()) {
          document(document);
        }
      }
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      refuse("", List.of(invalid("$", "is not YAML" + where + ": " + firstLine(e))));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory cannot fail to be read", e);
    }
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("no message");
  }

  private void document(JsonNode document) {
    String kind = document.path("kind").asText();
    var violations = new ArrayList<>(DocumentShape.check(document));
    unknownMetadata(document.path("metadata"), violations);
    if (violations.isEmpty()) {
      accept(kind, (ObjectNode) document);
    } else {
      String name = document.at("/metadata/name").asText();
      refuse((" " + kind + " " + name).stripTrailing(), violations);
    }
  }

  /** The CRD leaves metadata to Kubernetes, where strict clients refuse unknown members too. */
  private static void unknownMetadata(JsonNode metadata, List<Violation> violations) {
    metadata
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!METADATA.contains(name)) {
                violations.add(
                    new Violation(
                        "metadata",
                        Kind.UNKNOWN_FIELD,
                        "unknown field " + Violation.quote("metadata." + name)));
              }
            });
  }

  private void accept(String kind, ObjectNode document) {
    ObjectNode metadata = (ObjectNode) document.get("metadata");
    if (!metadata.hasNonNull("namespace")) {
      metadata.put("namespace", namespace);
    }
    document.remove("status");
    try {
      if (kind.equals("FeaturePipeline")) {
        pipelines.add(ResourceSpecs.bean(document, FeaturePipeline.class));
      } else {
        labelWindows.add(ResourceSpecs.bean(document, LabelWindow.class));
      }
    } catch (IllegalArgumentException e) {
      // The spec has passed its schema, so it is a member of metadata that has another type.
      String what = e.getMessage().lines().findFirst().orElse("no message");
      refuse(" " + kind, List.of(invalid("metadata", "does not decode: " + what)));
    }
  }

  private static Violation invalid(String path, String text) {
    return new Violation(path, Kind.INVALID, text);
  }

  private void refuse(String what, List<Violation> violations) {
    refusals.add(new Resources.Refusal(file + what, violations));
  }
}
