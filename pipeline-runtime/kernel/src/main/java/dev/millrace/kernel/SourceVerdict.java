package dev.millrace.kernel;

/** What a partition's log says about a decodable event (semantics.md §2). */
public enum SourceVerdict {
  FROM_FUTURE,
  LATE,
  /** Neither of the two: the judging entity decides between Duplicate and Accepted. */
  ON_LOG
}
