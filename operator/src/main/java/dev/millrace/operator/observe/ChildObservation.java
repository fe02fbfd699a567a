package dev.millrace.operator.observe;

/**
 * One child as it was found.
 *
 * @param ref which
 * @param group what it is for
 * @param health how it is
 */
public record ChildObservation(ChildRef ref, ChildGroup group, ChildHealth health) {
  /** A child whose group follows from its kind. */
  public static ChildObservation of(ChildRef ref, ChildHealth health) {
    return new ChildObservation(ref, ChildGroup.ofKind(ref.kind()), health);
  }
}
