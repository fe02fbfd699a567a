package dev.millrace.gitops;

/**
 * Whether Argo CD and kstatus say the same of an object: Healthy is Current, Degraded is Failed,
 * and Progressing is in progress or terminating (experience.md §4, row 24 of its checklist).
 */
public final class Agreement {
  private Agreement() {}

  /** True if both verdicts mean the same; our scripts say nothing else than these three. */
  public static boolean between(Health argo, Kstatus.Result kstatus) {
    return switch (argo.status()) {
      case HEALTHY -> kstatus.status() == Kstatus.Status.CURRENT;
      case DEGRADED -> kstatus.status() == Kstatus.Status.FAILED;
      case PROGRESSING ->
          kstatus.status() == Kstatus.Status.IN_PROGRESS
              || kstatus.status() == Kstatus.Status.TERMINATING;
      case SUSPENDED, MISSING, UNKNOWN -> false;
    };
  }
}
