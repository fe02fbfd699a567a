package dev.millrace.operator.status;

import java.util.Optional;

/**
 * {@code status.observedGeneration}: never ahead of the children, frozen from deletion on
 * (reliability.md §2, row L2). A spec that is refused or waits for a reference is observed: nothing
 * of it is to be applied, and only then do Stalled and Reconciling count for those who read them.
 */
final class ObservedGeneration {
  private ObservedGeneration() {}

  /**
   * The next value.
   *
   * @param previous the value so far; null for none
   * @param complete whether every write succeeded and none is held back
   */
  static long next(Long previous, long generation, Optional<String> deleting, boolean complete) {
    long before = previous == null ? -1 : previous;
    return deleting.isEmpty() && complete ? generation : before;
  }
}
