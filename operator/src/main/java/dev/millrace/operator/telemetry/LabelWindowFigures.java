package dev.millrace.operator.telemetry;

import dev.millrace.v1alpha1.LabelWindow;
import dev.millrace.v1alpha1.LabelWindowStatus;
import dev.millrace.v1alpha1.labelwindowstatus.LastRun;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of one LabelWindow, from its spec and status.
 *
 * @param conditions values by type
 * @param limitSeconds delay beyond which a label misses its row, NaN if unknown
 * @param status its status
 * @param runs runs seen to end, by outcome
 * @param due instant of the run that is waited for; empty if none is scheduled
 */
record LabelWindowFigures(
    ResourceKey key,
    Map<String, Integer> conditions,
    double limitSeconds,
    LabelWindowStatus status,
    Map<String, Integer> runs,
    Optional<Instant> due)
    implements Figures {
  private static final String KIND = "LabelWindow";
  private static final String P99 = "0.99";

  static LabelWindowFigures of(LabelWindow labelWindow, LabelWindowFigures before) {
    LabelWindowStatus status =
        Objects.requireNonNullElseGet(labelWindow.getStatus(), LabelWindowStatus::new);
    var spec = labelWindow.getSpec();
    return new LabelWindowFigures(
        ResourceKey.of(labelWindow),
        Figures.conditions(status.getConditions()),
        PipelineFigures.seconds(spec.getGap())
            + PipelineFigures.seconds(spec.getAttributionWindow())
            + PipelineFigures.seconds(spec.getLabelDelay()),
        status,
        runs(status.getLastRun(), before),
        due(status, before));
  }

  /** A run that had ended before this process first looked is not counted. */
  private static Map<String, Integer> runs(LastRun run, LabelWindowFigures before) {
    if (before == null) {
      return Map.of();
    }
    if (run == null || run.getOutcome() == null || same(run, before.status.getLastRun())) {
      return before.runs;
    }
    var counted = new TreeMap<>(before.runs);
    counted.merge(run.getOutcome().getValue(), 1, Integer::sum);
    return counted;
  }

  private static boolean same(LastRun run, LastRun other) {
    return other != null
        && Objects.equals(run.getAsOf(), other.getAsOf())
        && run.getOutcome() == other.getOutcome()
        && Objects.equals(run.getDurationSeconds(), other.getDurationSeconds());
  }

  /** Status only knows the next run: the one before it is still due until a run has its asOf. */
  private static Optional<Instant> due(LabelWindowStatus status, LabelWindowFigures before) {
    Optional<Instant> next = Optional.ofNullable(status.getNextRun()).map(ZonedDateTime::toInstant);
    Optional<Instant> known = before == null ? Optional.empty() : before.due;
    Optional<Instant> last =
        Optional.ofNullable(status.getLastRun())
            .map(LastRun::getAsOf)
            .map(ZonedDateTime::toInstant);
    boolean stillDue =
        next.isPresent()
            && known.isPresent()
            && (last.isEmpty() || last.get().isBefore(known.get()))
            && known.get().isBefore(next.get());
    return stillDue ? known : next;
  }

  @Override
  public void add(Samples samples, Instant now) {
    conditions.forEach(
        (type, value) ->
            samples.add(
                MetricName.RESOURCE_CONDITION, value, KIND, key.namespace(), key.name(), type));
    runs.forEach((outcome, count) -> add(samples, MetricName.EXTRACT_RUNS, count, outcome));
    due.ifPresent(
        instant -> {
          long late = Math.max(0, Duration.between(instant, now).toSeconds());
          samples.add(MetricName.EXTRACT_OVERDUE_SECONDS, late, key.namespace(), key.name());
        });
    if (!Double.isNaN(limitSeconds)) {
      samples.add(MetricName.LABEL_DELAY_LIMIT_SECONDS, limitSeconds, key.namespace(), key.name());
    }
    addRun(samples);
    addLabels(samples);
  }

  private void addRun(Samples samples) {
    LastRun run = status.getLastRun();
    if (run == null) {
      return;
    }
    add(samples, MetricName.EXTRACT_DURATION_SECONDS, run.getDurationSeconds());
    add(samples, MetricName.EXTRACT_ROWS, run.getRows());
    if (run.getConsistency() != null) {
      add(samples, MetricName.CONSISTENCY_MISMATCHES, run.getConsistency().getMismatches());
    }
    if (run.getGate() != null) {
      var failures = new TreeMap<String, Integer>();
      run.getGate()
          .forEach(
              figure ->
                  failures.merge(
                      figure.getCheck().getValue(),
                      Boolean.TRUE.equals(figure.getPassed()) ? 0 : 1,
                      Integer::sum));
      failures.forEach((check, count) -> add(samples, MetricName.GATE_FAILURES, count, check));
    }
  }

  private void addLabels(Samples samples) {
    var labels = status.getLabels();
    if (labels == null) {
      return;
    }
    add(samples, MetricName.LABELS, labels.getPending(), "pending");
    add(samples, MetricName.LABELS, labels.getMature(), "mature");
    add(samples, MetricName.LABELS, labels.getFinalised(), "finalised");
    add(samples, MetricName.LABELS, labels.getPositives(), "positives");
    add(samples, MetricName.LABELS, labels.getCorrected(), "corrected");
    if (labels.getLabelWatermark() != null) {
      samples.add(
          MetricName.LABEL_WATERMARK_TIMESTAMP_SECONDS,
          labels.getLabelWatermark().toInstant(),
          key.namespace(),
          key.name());
    }
    day(labels.getOldestPending())
        .ifPresent(
            start ->
                samples.add(
                    MetricName.LABELS_OLDEST_PENDING_TIMESTAMP_SECONDS,
                    start,
                    key.namespace(),
                    key.name()));
    double delay = PipelineFigures.seconds(labels.getDelayP99());
    if (!Double.isNaN(delay)) {
      samples.add(MetricName.LABEL_DELAY_SECONDS, delay, key.namespace(), key.name(), P99);
    }
  }

  private static Optional<Instant> day(String date) {
    if (date == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty(); // a figure less; status keeps the text
    }
  }

  private void add(Samples samples, MetricName metric, Number value, String... more) {
    if (value == null) {
      return;
    }
    var labels = new String[2 + more.length];
    labels[0] = key.namespace();
    labels[1] = key.name();
    System.arraycopy(more, 0, labels, 2, more.length);
    samples.add(metric, value.doubleValue(), labels);
  }
}
