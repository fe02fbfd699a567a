package dev.millrace.spark.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;

/**
 * JSON of the files an extract leaves behind: members and map keys sorted, so that equal contents
 * are equal bytes (semantics.md §10).
 */
public final class CanonicalJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private CanonicalJson() {}

  /** Indented text with a final newline. */
  public static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of this module always have a JSON form", e);
    }
  }

  /** Indented text whose map entries keep their order, for people. */
  public static String inOrder(Object value) {
    try {
      return MAPPER
              .writerWithDefaultPrettyPrinter()
              .without(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
              .writeValueAsString(value)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of this module always have a JSON form", e);
    }
  }

  /** One line. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of this module always have a JSON form", e);
    }
  }

  /**
   * Reads what {@link #pretty} or {@link #line} wrote.
   *
   * @throws MillraceFailure {@link Reason#STORAGE_FAILED} if it is something else
   */
  public static <T> T read(String where, String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new MillraceFailure(
          Reason.STORAGE_FAILED, where + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }
}
