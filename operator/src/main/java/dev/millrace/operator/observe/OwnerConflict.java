package dev.millrace.operator.observe;

import dev.millrace.contract.PlainText;

/** A child's name is taken by somebody else (reliability.md §6, rows 32, 129, 130). */
public final class OwnerConflict {
  private static final int UID_SHOWN = 4;

  private OwnerConflict() {}

  /**
   * A KafkaTopic of another owner: message of {@code TopicConflict}.
   *
   * @param uid UID of the other owner; empty if it has none
   * @param kafkaName the topic's name in Kafka
   */
  public static String topic(ChildRef ref, String uid, String kafkaName) {
    return ref
        + " has another owner"
        + shown(uid)
        + "; to read it, re-create this resource with topic: {name: "
        + kafkaName
        + ", managed: false}";
  }

  /** Any other child: message of {@code ChildConflict}. */
  public static String child(ChildRef ref, String uid) {
    return ref + " has another owner" + shown(uid) + "; rename one of the two";
  }

  /** An object whose owner reference is forged: message of event {@code OwnerMismatch}. */
  public static String mismatch(ChildRef ref) {
    return ref + " is not owned by this resource";
  }

  private static String shown(String uid) {
    String line = PlainText.line(uid, UID_SHOWN + 1);
    return line.isEmpty()
        ? ""
        : " (uid " + line.substring(0, Math.min(UID_SHOWN, line.length())) + "…)";
  }
}
