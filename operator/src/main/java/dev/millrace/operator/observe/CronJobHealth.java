package dev.millrace.operator.observe;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;

/** Health of an extract's CronJob. */
public final class CronJobHealth {
  private CronJobHealth() {}

  /**
   * Judges.
   *
   * @param actual the object; null if there is none
   */
  public static ChildHealth of(CronJob actual, ChildRef ref, WantedState wanted) {
    return new ChildHealth.Progressing(
        dev.millrace.contract.Reason.NOT_FINISHED, ref + " " + actual + wanted);
  }
}
