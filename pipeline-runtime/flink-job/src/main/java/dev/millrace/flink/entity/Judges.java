package dev.millrace.flink.entity;

import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;

/** Which entities can judge events: the first whose key is present does (semantics.md §2). */
public final class Judges {
  private Judges() {}

  /** Whether an event exists whose first present key is this entity's. */
  public static boolean isJudge(Definition definition, int entity) {
    for (int before = 0; before < entity; before++) {
      if (!canBeAbsent(definition, definition.entities().get(before))) {
        return false;
      }
    }
    return true;
  }

  private static boolean canBeAbsent(Definition definition, Entity entity) {
    return entity.keys().stream().anyMatch(key -> definition.schema().field(key).nullable());
  }
}
