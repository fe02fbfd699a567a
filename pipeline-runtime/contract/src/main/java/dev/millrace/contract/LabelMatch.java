package dev.millrace.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How label events find their anchors (semantics.md §8). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LabelMatch.ByReference.class, name = "reference"),
  @JsonSubTypes.Type(value = LabelMatch.ByEntity.class, name = "entity")
})
public sealed interface LabelMatch {
  /**
   * A field of the anchor equals a field of the label event.
   *
   * @param anchorField schema field of the pipeline
   * @param labelField schema field of the label source
   */
  record ByReference(String anchorField, String labelField) implements LabelMatch {}

  /**
   * Any label event with the anchor's entity key, its key fields of the same names.
   *
   * @param entity an entity of the pipeline
   */
  record ByEntity(String entity) implements LabelMatch {}
}
