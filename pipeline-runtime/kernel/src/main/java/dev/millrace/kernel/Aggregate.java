package dev.millrace.kernel;

/** The aggregates of semantics.md §3. */
public enum Aggregate {
  COUNT,
  SUM,
  MEAN,
  MIN,
  MAX,
  VARIANCE,
  STD_DEV,
  COUNT_DISTINCT,
  QUANTILE,
  FIRST,
  LAST
}
