package dev.millrace.operator.status;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.plan.Recollection;

/**
 * A write that did not succeed.
 *
 * @param ref the child that was written
 * @param reason why: Forbidden, ChildRejected, ChildConflict, TopicConflict, DependencyMissing,
 *     ApiUnavailable
 * @param message object, cause, next step
 * @param remedy whether waiting may help
 */
public record ApplyFailure(ChildRef ref, Reason reason, String message, Reason.Remedy remedy) {
  /** A failure whose remedy is its reason's. */
  public static ApplyFailure of(ChildRef ref, Reason reason, String message) {
    return new ApplyFailure(ref, reason, message, reason.remedy());
  }

  /**
   * What is in force of a resource is not known any more, so nothing is written.
   *
   * @param memory the ConfigMap that said it
   */
  public static ApplyFailure forgotten(ChildRef memory, Recollection.Forgotten why) {
    return of(memory, why.reason(), memory + " " + why.cause());
  }
}
