package dev.millrace.operator.telemetry;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What one scrape says about resources. */
final class Samples {
  private record Sample(Labels labels, double value) {}

  private final Map<MetricName, List<Sample>> samples = new EnumMap<>(MetricName.class);

  /** A value with its labels' values in the order of the metric's labels. */
  void add(MetricName metric, double value, String... labelValues) {
    samples
        .computeIfAbsent(metric, absent -> new ArrayList<>())
        .add(new Sample(Labels.of(metric.labels(), List.of(labelValues)), value));
  }

  /** An instant in seconds since the epoch. */
  void add(MetricName metric, Instant value, String... labelValues) {
    add(metric, value.toEpochMilli() / 1000.0, labelValues);
  }

  MetricSnapshots snapshots() {
    var all = new ArrayList<MetricSnapshot>();
    samples.forEach((metric, values) -> all.add(snapshot(metric, values)));
    return new MetricSnapshots(all);
  }

  private static MetricSnapshot snapshot(MetricName metric, List<Sample> values) {
    var metadata = new MetricMetadata(metric.baseName(), metric.meaning());
    return switch (metric.type()) {
      case GAUGE ->
          new GaugeSnapshot(
              metadata,
              values.stream()
                  .map(v -> new GaugeSnapshot.GaugeDataPointSnapshot(v.value, v.labels, null))
                  .toList());
      case COUNTER ->
          new CounterSnapshot(
              metadata,
              values.stream()
                  .map(
                      v -> new CounterSnapshot.CounterDataPointSnapshot(v.value, v.labels, null, 0))
                  .toList());
      case INFO ->
          new InfoSnapshot(
              metadata,
              values.stream().map(v -> new InfoSnapshot.InfoDataPointSnapshot(v.labels)).toList());
      case HISTOGRAM -> throw new IllegalArgumentException(metric + " is not made of samples");
    };
  }
}
