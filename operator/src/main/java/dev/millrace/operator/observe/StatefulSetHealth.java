package dev.millrace.operator.observe;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;

/** Health of a managed Redis. */
public final class StatefulSetHealth {
  private StatefulSetHealth() {}

  /**
   * Judges.
   *
   * @param actual the object; null if there is none
   */
  public static ChildHealth of(StatefulSet actual, ChildRef ref) {
    return new ChildHealth.Progressing(
        dev.millrace.contract.Reason.ONLINE_STORE_UNREACHABLE, ref + " " + actual);
  }
}
