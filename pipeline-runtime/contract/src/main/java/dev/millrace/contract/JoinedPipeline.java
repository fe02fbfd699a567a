package dev.millrace.contract;

import java.util.List;
import java.util.Map;

/**
 * A pipeline whose features a training set contains.
 *
 * @param pipeline its name
 * @param version version to read; older history is read from lower versions (semantics.md §6)
 * @param definitionHash hash of its definition
 * @param definition its definition
 * @param location its folder in the offline store, as a URI
 * @param entities entities to join; the anchor pipeline's own may all be listed
 * @param keys for another pipeline: its key field to the anchor pipeline's field; empty for the
 *     anchor pipeline
 * @param include column patterns with {@code *}
 */
public record JoinedPipeline(
    String pipeline,
    int version,
    String definitionHash,
    Definition definition,
    String location,
    List<String> entities,
    Map<String, String> keys,
    List<String> include) {
  public JoinedPipeline {
    entities = List.copyOf(entities);
    keys = Map.copyOf(keys);
    include = List.copyOf(include);
  }
}
