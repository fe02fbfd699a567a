package dev.millrace.operator.observe;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Health of a child that has no state of its own: ConfigMap, Service, Secret, NetworkPolicy. */
public final class ExistenceHealth {
  private ExistenceHealth() {}

  /**
   * Judges.
   *
   * @param actual the object; null if there is none
   */
  public static ChildHealth of(HasMetadata actual, ChildRef ref) {
    return actual != null
        ? ChildHealth.READY
        : new Progressing(Reason.CHILD_NOT_READY, ref + " does not exist yet; it is created");
  }
}
