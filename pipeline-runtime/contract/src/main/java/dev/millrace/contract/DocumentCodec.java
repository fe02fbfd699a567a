package dev.millrace.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * JSON of the documents between operator and jobs. Strict: an unknown codec, an unknown member, a
 * missing member or a wrong hash is refused with {@link Reason#DEFINITION_REFUSED}.
 */
public final class DocumentCodec {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private DocumentCodec() {}

  /** Writes any document of this package. */
  public static String write(Object document) {
    try {
      return MAPPER.writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of this package always have a JSON form", e);
    }
  }

  /**
   * Reads a pipeline document and checks its codec and hash.
   *
   * @throws MillraceFailure {@link Reason#DEFINITION_REFUSED}
   */
  public static PipelineDocument readPipeline(String json) {
    var document = read(json, PipelineDocument.class, PipelineDocument.CODEC);
    String hash = DefinitionHash.of(document.definition());
    if (!hash.equals(document.definitionHash())) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED,
          "definition "
              + document.definitionHash()
              + " hashes to "
              + hash
              + "; delete its ConfigMap, it is written anew");
    }
    return document;
  }

  /**
   * Reads an extract document and checks its codec.
   *
   * @throws MillraceFailure {@link Reason#DEFINITION_REFUSED}
   */
  public static ExtractDocument readExtract(String json) {
    return read(json, ExtractDocument.class, ExtractDocument.CODEC);
  }

  /** Reads {@code versions.json}. */
  public static VersionsFile readVersions(String json) {
    return parse(json, VersionsFile.class);
  }

  /** Reads a progress file. */
  public static ProgressFile readProgress(String json) {
    return parse(json, ProgressFile.class);
  }

  private static <T> T read(String json, Class<T> type, int known) {
    JsonNode tree = parse(json, JsonNode.class);
    int codec = tree.path("codec").asInt(-1);
    if (codec != known) {
      String what =
          codec > known
              ? "codec "
                  + codec
                  + " is newer than "
                  + known
                  + ", known to this job; use the job"
                  + " image of the operator's release"
              : "codec " + codec + " is not " + known + ", the one known to this job";
      throw new MillraceFailure(Reason.DEFINITION_REFUSED, what);
    }
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  private static <T> T parse(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw refused(e);
    }
  }

  private static MillraceFailure refused(Exception e) {
    return new MillraceFailure(
        Reason.DEFINITION_REFUSED, "the document cannot be read: " + e.getMessage(), e);
  }
}
