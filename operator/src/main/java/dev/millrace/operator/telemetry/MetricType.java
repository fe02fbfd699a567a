package dev.millrace.operator.telemetry;

/** What Prometheus makes of it. */
public enum MetricType {
  GAUGE,
  COUNTER,
  HISTOGRAM,
  /** A gauge that is always 1. */
  INFO;

  /** As the text format says it. */
  public String text() {
    return switch (this) {
      case GAUGE, INFO -> "gauge";
      case COUNTER -> "counter";
      case HISTOGRAM -> "histogram";
    };
  }
}
