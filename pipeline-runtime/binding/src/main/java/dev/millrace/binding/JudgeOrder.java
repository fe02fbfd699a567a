package dev.millrace.binding;

import dev.millrace.contract.Definition;

/**
 * Who judges an event: the first entity of the spec whose key is complete (semantics.md §2). An
 * event without one is Undecodable with {@link UndecodableReason#NULL_KEYS}.
 */
public final class JudgeOrder {
  private final int[][] keyFields;

  private JudgeOrder(int[][] keyFields) {
    this.keyFields = keyFields;
  }

  public static JudgeOrder of(Definition definition) {
    return new JudgeOrder(
        definition.entities().stream()
            .map(entity -> entity.keys().stream().mapToInt(definition.schema()::indexOf).toArray())
            .toArray(int[][]::new));
  }

  /** Index of the judging entity in the definition, or −1 if no key is complete. */
  public int judgeOf(EventRecord event) {
    for (int i = 0; i < keyFields.length; i++) {
      if (hasKey(event, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the event has the key of that entity. */
  public boolean hasKey(EventRecord event, int entity) {
    for (int field : keyFields[entity]) {
      if (event.isNull(field)) {
        return false;
      }
    }
    return true;
  }
}
