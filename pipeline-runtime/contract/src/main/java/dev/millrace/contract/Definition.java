package dev.millrace.contract;

import java.util.List;

/**
 * What a pipeline computes: exactly the members of the definition hash (semantics.md §4) and
 * nothing that may change under one version.
 *
 * @param slideMillis grid of all features
 * @param schema how records become events
 * @param allowedLatenessMillis how far behind its partition's progress an event may be
 * @param deduplicationHorizonMillis how long an event id is remembered
 * @param entities entities in order: the first whose key is present judges an event
 * @param numericsVersion version of the kernel's arithmetic ({@link #NUMERICS_VERSION})
 */
public record Definition(
    long slideMillis,
    EventSchema schema,
    long allowedLatenessMillis,
    long deduplicationHorizonMillis,
    List<Entity> entities,
    int numericsVersion) {
  /** The arithmetic this release computes with. */
  public static final int NUMERICS_VERSION = 1;

  public Definition {
    entities = List.copyOf(entities);
  }

  /** Longest window + offset over all features, in milliseconds. */
  public long longestReachMillis() {
    long longest = 0;
    for (Entity entity : entities) {
      for (Feature feature : entity.features()) {
        for (String window : feature.windows()) {
          longest = Math.max(longest, DurationText.millis(window) + feature.offsetMillis());
        }
      }
    }
    return longest;
  }

  /** Time to live of an online key: longest reach + 2 × slide + allowed lateness (semantics §5). */
  public long onlineTtlMillis() {
    return longestReachMillis() + 2 * slideMillis + allowedLatenessMillis;
  }

  /** The entity of that name, or null. */
  public Entity entity(String name) {
    for (Entity entity : entities) {
      if (entity.name().equals(name)) {
        return entity;
      }
    }
    return null;
  }
}
