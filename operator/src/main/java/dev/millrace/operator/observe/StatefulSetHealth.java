package dev.millrace.operator.observe;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;

/** Health of a managed Redis (neighbours.md §4.4). */
public final class StatefulSetHealth {
  private StatefulSetHealth() {}

  /**
   * Judges.
   *
   * @param actual the object; null if there is none
   */
  public static ChildHealth of(StatefulSet actual, ChildRef ref) {
    if (actual == null) {
      return new Progressing(Reason.STORE_NOT_READY, ref + " does not exist yet; it is created");
    }
    StatefulSetStatus status = actual.getStatus();
    Integer wanted = actual.getSpec() == null ? null : actual.getSpec().getReplicas();
    int replicas = wanted == null ? 1 : wanted;
    boolean observed =
        status != null
            && status.getObservedGeneration() != null
            && status.getObservedGeneration() >= Untyped.generation(actual);
    if (!observed) {
      return new Progressing(
          Reason.STORE_NOT_READY, ref + " has changed, nobody has looked at it since; wait");
    }
    int ready = count(status.getReadyReplicas());
    if (ready < replicas || count(status.getAvailableReplicas()) < replicas) {
      return new Progressing(
          Reason.STORE_NOT_READY,
          ref
              + " has "
              + ready
              + " of "
              + replicas
              + " pods ready; look at pod "
              + ref.name()
              + "-0");
    }
    return count(status.getUpdatedReplicas()) < replicas
        ? new Progressing(Reason.STORE_NOT_READY, ref + " is restarting its pods; wait")
        : ChildHealth.READY;
  }

  private static int count(Integer replicas) {
    return replicas == null ? 0 : replicas;
  }
}
