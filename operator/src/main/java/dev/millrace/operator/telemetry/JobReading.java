package dev.millrace.operator.telemetry;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.JobReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The last read of the served job. It is shown for a few minutes only: a job that is gone or cannot
 * be reached has no figures, rather than old ones.
 *
 * @param report what it said; the same object is the same read
 * @param at when it was read
 * @param clock newest acknowledged T; empty before the first
 * @param lastCheckpoint empty before the first one of this run
 * @param targetSeconds freshness that counts now, NaN if unknown
 * @param counts empty before the first completed checkpoint
 */
record JobReading(
    String namespace,
    String name,
    JobReport report,
    Instant at,
    Optional<Instant> clock,
    Optional<Instant> lastCheckpoint,
    double targetSeconds,
    Optional<CarriedCounts> counts)
    implements Figures {
  /** Jobs are read once a minute; after this many reads that failed nothing is known any more. */
  private static final Duration LASTS = Duration.ofMinutes(5);

  private static final double MILLIS = 1000.0;

  static JobReading of(
      ResourceKey key,
      JobReport report,
      Optional<Instant> lastCheckpoint,
      double targetSeconds,
      Instant at,
      JobReading before) {
    if (before != null && before.report == report) {
      return before; // a look between two reads: what was read then is not of now
    }
    Optional<CarriedCounts> carried = before == null ? Optional.empty() : before.counts;
    Optional<CarriedCounts> counts =
        report.accounting() == null
            ? carried
            : Optional.of(
                carried
                    .map(known -> known.next(report))
                    .orElseGet(() -> CarriedCounts.first(report)));
    return new JobReading(
        key.namespace(),
        key.name(),
        report,
        at,
        Optional.ofNullable(report.clock()).map(Instant::ofEpochMilli),
        lastCheckpoint,
        targetSeconds,
        counts);
  }

  @Override
  public void add(Samples samples, Instant now) {
    // Counters stay: a counter that comes and goes would be counted twice.
    counts.ifPresent(carried -> addCounts(samples, carried));
    if (Duration.between(at, now).compareTo(LASTS) > 0) {
      return;
    }
    if (report.servingDelay() != null) {
      addServingDelay(samples, report.servingDelay());
    }
    if (!Double.isNaN(targetSeconds)) {
      samples.add(MetricName.FRESHNESS_TARGET_SECONDS, targetSeconds, namespace, name);
    }
    clock.ifPresent(
        instant -> {
          samples.add(MetricName.WATERMARK_TIMESTAMP_SECONDS, instant, namespace, name);
          samples.add(
              MetricName.FRESHNESS_SECONDS,
              Duration.between(instant, at).toMillis() / MILLIS,
              namespace,
              name);
        });
    lastCheckpoint.ifPresent(
        instant ->
            samples.add(
                MetricName.CHECKPOINT_AGE_SECONDS,
                Duration.between(instant, now).toMillis() / MILLIS,
                namespace,
                name));
  }

  private void addServingDelay(Samples samples, JobReport.ServingDelay delay) {
    MetricName metric = MetricName.SERVING_DELAY_SECONDS;
    samples.add(metric, delay.p50Millis() / MILLIS, namespace, name, "0.5");
    samples.add(metric, delay.p95Millis() / MILLIS, namespace, name, "0.95");
    samples.add(metric, delay.p99Millis() / MILLIS, namespace, name, "0.99");
  }

  private void addCounts(Samples samples, CarriedCounts carried) {
    Accounting totals = carried.totals();
    MetricName events = MetricName.STREAM_EVENTS;
    samples.add(events, totals.in(), namespace, name, "in");
    samples.add(events, totals.accepted(), namespace, name, "accepted");
    samples.add(events, totals.duplicate(), namespace, name, "duplicate");
    samples.add(events, totals.late(), namespace, name, "late");
    samples.add(events, totals.deadLettered(), namespace, name, "dead_lettered");
    samples.add(MetricName.STREAM_RAISED, totals.raised(), namespace, name);
    carried
        .nullTotals()
        .forEach(
            (field, nulls) -> samples.add(MetricName.STREAM_NULLS, nulls, namespace, name, field));
    samples.add(MetricName.STREAM_ROWS, totals.rowsFired(), namespace, name, "fired");
    samples.add(MetricName.STREAM_ROWS, totals.rowsAcknowledged(), namespace, name, "acknowledged");
  }
}
