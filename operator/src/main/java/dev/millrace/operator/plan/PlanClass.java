package dev.millrace.operator.plan;

/**
 * How much a change costs (architecture.md §2), from nothing to refused; the worst part decides.
 */
public enum PlanClass {
  /** Nothing to do. */
  NO_OP("NoOp"),
  /** Outside the definition hash: same version, state and keys. */
  IN_PLACE("InPlace"),
  /** Another definition or another place for its data: a replay beside the old version. */
  NEW_VERSION("NewVersion"),
  /** Data is deleted; needs the plan's hash as consent. */
  LOSSY("Lossy"),
  /** Refused. */
  BLOCKED("Blocked");

  private final String text;

  PlanClass(String text) {
    this.text = text;
  }

  /** The word in status and output. */
  public String text() {
    return text;
  }

  /** The more severe of two classes. */
  public PlanClass or(PlanClass other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
