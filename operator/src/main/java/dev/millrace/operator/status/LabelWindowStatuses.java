package dev.millrace.operator.status;

import dev.millrace.v1alpha1.LabelWindowStatus;
import java.time.Instant;

/** The status of a LabelWindow. */
public final class LabelWindowStatuses {
  private LabelWindowStatuses() {}

  /**
   * The status that follows from what was found.
   *
   * @param previous the status so far; null before any. It is not changed
   */
  public static LabelWindowStatus next(
      LabelWindowStatus previous, LabelWindowOutcome outcome, Instant now) {
    return new LabelWindowStatus();
  }
}
