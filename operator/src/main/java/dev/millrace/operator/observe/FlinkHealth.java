package dev.millrace.operator.observe;

import java.time.Instant;

/** Health of a FlinkDeployment, derived by us (neighbours.md §2.6, §2.7). */
public final class FlinkHealth {
  private FlinkHealth() {}

  /**
   * Judges.
   *
   * @param view the object; null if there is none
   */
  public static ChildHealth of(FlinkView view, FlinkExpectation expected, Instant now) {
    return view != null && (view.running() || view.suspended())
        ? ChildHealth.READY
        : new ChildHealth.Progressing(
            dev.millrace.contract.Reason.NOT_RESTORED, expected.ref() + " " + now);
  }
}
