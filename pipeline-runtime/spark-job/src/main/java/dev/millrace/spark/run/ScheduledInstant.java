package dev.millrace.spark.run;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import java.time.Instant;

/**
 * The instant a CronJob scheduled a Job for. Kubernetes names such a Job {@code <cronjob>-<minutes
 * since the epoch>}; the name is the one place where a pod can learn it (semantics.md §10: asOf is
 * never the wall clock).
 */
public final class ScheduledInstant {
  private static final int SHORTEST = 8;

  private ScheduledInstant() {}

  /**
   * @param jobName name of the Job, from the pod's label {@code batch.kubernetes.io/job-name}
   * @throws MillraceFailure {@link Reason#RUN_FAILED} for a Job that no CronJob named
   */
  public static Instant of(String jobName) {
    String suffix = jobName.substring(jobName.lastIndexOf('-') + 1);
    boolean minutes = suffix.length() >= SHORTEST && suffix.length() <= SHORTEST + 2;
    for (int i = 0; i < suffix.length(); i++) {
      minutes &= suffix.charAt(i) >= '0' && suffix.charAt(i) <= '9';
    }
    if (!minutes || suffix.length() == jobName.length()) {
      throw new MillraceFailure(
          Reason.RUN_FAILED,
          "Job \""
              + jobName
              + "\" was not named by a CronJob, so nothing says its asOf; start it as"
              + " <cronjob>-<minutes since 1970>");
    }
    return Instant.ofEpochSecond(60 * Long.parseLong(suffix));
  }
}
