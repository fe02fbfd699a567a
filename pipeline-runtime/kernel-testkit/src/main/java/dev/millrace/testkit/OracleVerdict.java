package dev.millrace.testkit;

/** The verdicts of semantics.md §2, in their order. */
public enum OracleVerdict {
  UNDECODABLE,
  FROM_FUTURE,
  LATE,
  DUPLICATE,
  ACCEPTED
}
