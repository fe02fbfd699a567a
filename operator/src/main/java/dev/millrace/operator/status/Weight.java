package dev.millrace.operator.status;

import dev.millrace.contract.Reason;

/**
 * What a finding means for Ready, Reconciling and Stalled (reliability.md §4.4), in rising order.
 */
enum Weight {
  /** Nothing. */
  NOTED,
  /** A dependency is away: Reconciling, Ready is not touched. */
  AWAY,
  /** Reconciling, not Ready. */
  WAIT,
  /** Stalled, not Ready. */
  USER;

  static Weight of(Reason.Remedy remedy) {
    return switch (remedy) {
      case NONE -> NOTED;
      case OUTAGE -> AWAY;
      case WAIT -> WAIT;
      case USER -> USER;
    };
  }

  /** Whether it keeps Ready from True. */
  boolean keepsFromReady() {
    return this == WAIT || this == USER;
  }
}
