package dev.millrace.local.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.spark.publish.Agreement;
import dev.millrace.spark.publish.Consistency;
import dev.millrace.spark.publish.LabelDelays;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.run.Totals;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a LabelWindow's labels stand as of one run (semantics.md §8). Its JSON is what {@code
 * millrace labels -o json} prints; text and page show nothing else. Times are ISO 8601, durations
 * milliseconds, days UTC.
 *
 * @param schema name and version of this form
 * @param namespace namespace of the LabelWindow
 * @param labelWindow its name
 * @param pipeline pipeline whose events are the anchors
 * @param label label column
 * @param asOf the run
 * @param window the label window
 * @param labelWatermark how far the label feed is; null while there is none
 * @param silentPartitions label partitions that hold everything up
 * @param pending anchors that are not final
 * @param pendingPositives of them, those with a positive already known
 * @param mature found final by this run
 * @param finalised published rows of all runs up to this one
 * @param positives of them, those with a true Boolean label
 * @param corrected published rows whose outcome changed later, as of this run
 * @param surrogates agreement of each Boolean surrogate with the label over all published rows
 * @param nextMaturity label watermark at which the oldest pending anchor is final; null for none
 * @param delays label-delay curve
 * @param delaysBeyondWindow whether its P99 is later than window and delay together: labels are
 *     missed
 * @param servingDelay what training assumes of the online store, and what was measured
 * @param consistency a sample of the run's features against the feature log
 * @param days anchors by day
 * @param runs published runs up to this one, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LabelsReport(
    String schema,
    String namespace,
    String labelWindow,
    String pipeline,
    String label,
    String asOf,
    Window window,
    String labelWatermark,
    List<Integer> silentPartitions,
    long pending,
    long pendingPositives,
    long mature,
    long finalised,
    long positives,
    long corrected,
    SortedMap<String, Agreement> surrogates,
    String nextMaturity,
    LabelDelays delays,
    boolean delaysBeyondWindow,
    ServingDelay servingDelay,
    Consistency consistency,
    List<Day> days,
    List<Run> runs) {
  static final String SCHEMA = "millrace.labels/v1";

  /** Lengths of the label window, milliseconds. */
  public record Window(long gapMillis, long attributionWindowMillis, long labelDelayMillis) {
    /** The longest label delay that is waited for (semantics.md §8). */
    public long coveredMillis() {
      return attributionWindowMillis + labelDelayMillis;
    }
  }

  /**
   * How long after T its rows are online (semantics.md §7).
   *
   * @param declaredMillis {@code servingDelay}: training uses the rows of T from T + this on
   * @param measuredP95Millis by pipeline, where its job has measured it
   */
  public record ServingDelay(long declaredMillis, SortedMap<String, Long> measuredP95Millis) {
    static ServingDelay of(ExtractDocument document, Manifest run) {
      var measured = new TreeMap<String, Long>();
      run.definitions()
          .forEach(
              (pipeline, used) -> {
                if (used.servingDelayP95Millis() != null) {
                  measured.put(pipeline, used.servingDelayP95Millis());
                }
              });
      return new ServingDelay(document.servingDelayMillis(), measured);
    }
  }

  /**
   * Anchors of one day.
   *
   * @param day UTC day of t0, ISO 8601
   * @param finalised rows published
   * @param mature final, but held back because the quality gate refused the run
   * @param pending not final
   * @param positives finalised and mature rows with a true Boolean label
   * @param pendingPositives pending anchors with a positive already known, never in training data
   */
  public record Day(
      String day,
      long finalised,
      long mature,
      long pending,
      long positives,
      long pendingPositives) {}

  /**
   * A published run.
   *
   * @param asOf its instant
   * @param rows rows it published
   * @param positives of them, those with a true Boolean label
   * @param pending anchors it left
   * @param finalised rows of it and all runs before
   * @param visiblePositives positives known then of anchors before its UTC day, finalised or
   *     pending
   * @param eventualPositives positives of the same anchors as known by the report's run
   */
  public record Run(
      String asOf,
      long rows,
      long positives,
      long pending,
      long finalised,
      long visiblePositives,
      long eventualPositives) {}

  /** The report as of a run; null for the newest. */
  public static LabelsReport of(ExtractDocument document, RunArchive archive, Instant asOf) {
    Manifest run = archive.run(asOf);
    var published = archive.publishedUntil(RunArchive.instant(run));
    LabelDefinition label = document.label();
    var window =
        new Window(label.gapMillis(), label.attributionWindowMillis(), label.labelDelayMillis());
    var totals = Totals.of(List.copyOf(published.values()));
    long watermark = run.labels().watermark();
    Long p99 = run.delays().p99Millis();
    List<Day> days = LabelHistory.days(run, published);
    return new LabelsReport(
        SCHEMA,
        document.namespace(),
        document.labelWindow(),
        document.anchorPipeline(),
        label.name(),
        run.asOf(),
        window,
        watermark == Long.MIN_VALUE ? null : Instant.ofEpochMilli(watermark).toString(),
        run.labels().silentPartitions(),
        run.states().pending(),
        run.states().pendingPositives(),
        run.states().mature(),
        run.states().finalised(),
        totals.positives(),
        totals.corrected(),
        new TreeMap<>(totals.agreements()),
        run.states().nextMaturity(),
        run.delays(),
        p99 != null && p99 > window.coveredMillis(),
        ServingDelay.of(document, run),
        run.consistency(),
        days,
        LabelHistory.runs(published, days));
  }
}
