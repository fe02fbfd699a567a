package dev.millrace.contract;

import java.util.List;

/**
 * One key of the stream and the features kept for it.
 *
 * @param name entity name, part of keys and folders
 * @param keys schema fields that form the key, in order
 * @param features features in the order of the spec
 * @param derived columns computed from features, in the order of the spec
 */
public record Entity(
    String name, List<String> keys, List<Feature> features, List<Derived> derived) {
  public Entity {
    keys = List.copyOf(keys);
    features = List.copyOf(features);
    derived = List.copyOf(derived);
  }
}
