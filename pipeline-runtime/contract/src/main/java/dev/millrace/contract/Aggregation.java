package dev.millrace.contract;

/** The aggregations of semantics.md §3, named as in YAML. */
public enum Aggregation {
  COUNT("Count"),
  SUM("Sum"),
  MEAN("Mean"),
  MIN("Min"),
  MAX("Max"),
  VARIANCE("Variance"),
  STD_DEV("StdDev"),
  COUNT_DISTINCT("CountDistinct"),
  QUANTILE("Quantile"),
  FIRST("First"),
  LAST("Last");

  private final String text;

  Aggregation(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
