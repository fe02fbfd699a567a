package dev.millrace.operator.observe;

import dev.millrace.contract.Reason;

/** How a child is, judged by us: a neighbour's green word is not believed (reliability.md §1). */
public sealed interface ChildHealth {
  /** Its live state matches its own current generation. */
  record Ready() implements ChildHealth {}

  /**
   * Not ready, and waiting may help.
   *
   * @param reason why
   * @param message object, cause, next step
   */
  record Progressing(Reason reason, String message) implements ChildHealth {}

  /**
   * Not ready, and waiting does not help: only the user or the administrator can (Stalled).
   *
   * @param reason why
   * @param message object, cause, next step
   */
  record Refused(Reason reason, String message) implements ChildHealth {}

  /** The one value of {@link Ready}. */
  ChildHealth READY = new Ready();
}
