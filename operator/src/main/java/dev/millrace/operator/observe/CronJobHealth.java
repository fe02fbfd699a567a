package dev.millrace.operator.observe;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;

/** Health of an extract's CronJob, which has neither conditions nor an observed generation. */
public final class CronJobHealth {
  private CronJobHealth() {}

  /**
   * Judges.
   *
   * @param actual the object; null if there is none
   */
  public static ChildHealth of(CronJob actual, ChildRef ref, WantedState wanted) {
    if (actual == null) {
      return wanted == WantedState.SUSPENDED
          ? ChildHealth.READY
          : new Progressing(Reason.CHILD_NOT_READY, ref + " does not exist yet; it is created");
    }
    boolean suspended =
        actual.getSpec() != null && Boolean.TRUE.equals(actual.getSpec().getSuspend());
    return suspended == (wanted == WantedState.SUSPENDED)
        ? ChildHealth.READY
        : new Progressing(
            Reason.CHILD_NOT_READY,
            ref + (suspended ? " is suspended" : " is not suspended") + "; it is put right");
  }
}
