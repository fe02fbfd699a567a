package dev.millrace.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * JSON of the documents between operator and jobs. Strict: an unknown codec, an unknown, missing,
 * null or doubled member, a value of another type or a wrong hash is refused with {@link
 * Reason#DEFINITION_REFUSED}.
 */
public final class DocumentCodec {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** For documents: only {@code versions.json} has a member that may be null. */
  private static final ObjectMapper WITHOUT_NULLS =
      MAPPER.copy().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

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

  /**
   * Reads a clean-up document and checks its codec.
   *
   * @throws MillraceFailure {@link Reason#DEFINITION_REFUSED}
   */
  public static CleanUpDocument readCleanUp(String json) {
    return read(json, CleanUpDocument.class, CleanUpDocument.CODEC);
  }

  /** Reads {@code versions.json}. */
  public static VersionsFile readVersions(String json) {
    return parse(json, VersionsFile.class);
  }

  /** Reads a progress file. */
  public static ProgressFile readProgress(String json) {
    return parse(json, ProgressFile.class);
  }

  /** Reads {@code serving-delay-v<version>.json}. */
  public static ServingDelayFile readServingDelay(String json) {
    return parse(json, ServingDelayFile.class);
  }

  private static <T> T read(String json, Class<T> type, int known) {
    JsonNode tree = parse(json, JsonNode.class);
    if (!tree.isObject()) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED, "the document cannot be read: it is not a JSON object");
    }
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
      return WITHOUT_NULLS.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
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

  private static MillraceFailure refused(JsonProcessingException e) {
    String place =
        e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
            ? " (" + mapping.getPathReference() + ")"
            : "";
    return new MillraceFailure(
        Reason.DEFINITION_REFUSED,
        "the document cannot be read: " + e.getOriginalMessage() + place,
        e);
  }
}
