package dev.millrace.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What a run of an extract says in its container's termination message (architecture.md §2): one
 * line of JSON below {@value #MAX_BYTES} bytes, made by {@link RunReportText}, read by {@link
 * RunReportResult#parse}. The manifest has everything. Instants are ISO 8601 in UTC; members that
 * are null are absent from the JSON.
 *
 * @param codec form of this record; another one is not read
 * @param asOf the run's instant; null when nothing says it
 * @param outcome how it ended
 * @param repeated whether this asOf had been published before, so that nothing was written
 * @param reason why it failed or was refused, else null
 * @param message {@code MR/<Reason>: text} when it failed or was refused, else null
 * @param durationSeconds how long it took
 * @param rows training rows of this run
 * @param positives those with a true Boolean label
 * @param files number of files of this run
 * @param location URI of the data set; null when it failed
 * @param manifest URI of the manifest; null when it failed
 * @param publishedRuns runs so far that published rows, this one included; null when it failed
 * @param labels counts by state and the label clock; null when it failed
 * @param consistency a sample of its features against the feature log; null if nothing was compared
 * @param gate the quality gate's figures; null when it did not judge
 * @param surrogates agreement of the first surrogates with the label over all published rows
 * @param warnings what a reader of the data set should know
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunReport(
    int codec,
    String asOf,
    RunOutcome outcome,
    boolean repeated,
    Reason reason,
    String message,
    long durationSeconds,
    long rows,
    long positives,
    long files,
    String location,
    String manifest,
    Long publishedRuns,
    Labels labels,
    Consistency consistency,
    Gate gate,
    List<SurrogateAgreement> surrogates,
    List<String> warnings) {
  /** The form this release reads and writes. */
  public static final int CODEC = 1;

  /** A kubelet keeps only part of a longer message (neighbours.md §4.3). */
  public static final int MAX_BYTES = 3000;

  /** Most surrogates in a report. */
  public static final int SURROGATES = 4;

  /** Most figures of a gate in a report. */
  public static final int GATE_FIGURES = 10;

  public RunReport {
    RunReportLimits.require(codec == CODEC, "codec");
    RunReportLimits.instant(asOf, "asOf");
    RunReportLimits.require(outcome != null, "outcome");
    RunReportLimits.count(durationSeconds, "durationSeconds");
    RunReportLimits.count(rows, "rows");
    RunReportLimits.count(positives, "positives");
    RunReportLimits.count(files, "files");
    RunReportLimits.count(publishedRuns, "publishedRuns");
    RunReportLimits.text(location, "location");
    RunReportLimits.text(manifest, "manifest");
    surrogates = surrogates == null ? List.of() : List.copyOf(surrogates);
    RunReportLimits.require(surrogates.size() <= SURROGATES, "surrogates");
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
    if (reason == null && (outcome == RunOutcome.FAILED || outcome == RunOutcome.REFUSED)) {
      reason = Reason.RUN_FAILED; // a reason that this release does not know
    }
  }

  /** A run that published nothing: why, and nothing else. */
  public static RunReport unpublished(
      String asOf, RunOutcome outcome, Reason reason, String message, long durationSeconds) {
    return new RunReport(
        CODEC,
        asOf,
        outcome,
        false,
        reason,
        message,
        durationSeconds,
        0,
        0,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of());
  }

  /** Why it failed or was refused, the text cut for status. */
  public Optional<KnownFailure> failure() {
    if (reason == null) {
      return Optional.empty();
    }
    String prefix = "MR/" + reason.text() + ": ";
    String whole = message == null ? "" : message;
    String text = whole.startsWith(prefix) ? whole.substring(prefix.length()) : whole;
    return Optional.of(new KnownFailure(reason, PlainText.line(text, KnownFailure.TEXT_LIMIT)));
  }

  /**
   * Labels as of the run (semantics.md §8).
   *
   * @param pending anchors that are not final
   * @param mature anchors this run finalised
   * @param finalised anchors finalised so far
   * @param positives finalised anchors with a true Boolean label so far
   * @param corrected finalised anchors whose outcome changed later; null while not counted
   * @param oldestPending least pending t0; null for none
   * @param nextMaturity label watermark at which it is final; null for none
   * @param labelWatermark null while nothing may be finalised
   * @param silent number of label partitions silent for longer than {@code stalledAfter}
   * @param silentPartitions the first of them
   * @param delays number of label events in the delay curve
   * @param delayP50Millis median of label ts − t0; null without label events, like the others
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Labels(
      long pending,
      long mature,
      long finalised,
      long positives,
      Long corrected,
      String oldestPending,
      String nextMaturity,
      String labelWatermark,
      int silent,
      List<Integer> silentPartitions,
      long delays,
      Long delayP50Millis,
      Long delayP90Millis,
      Long delayP95Millis,
      Long delayP99Millis) {
    public Labels {
      RunReportLimits.count(pending, "pending");
      RunReportLimits.count(mature, "mature");
      RunReportLimits.count(finalised, "finalised");
      RunReportLimits.count(positives, "positives");
      RunReportLimits.count(corrected, "corrected");
      RunReportLimits.instant(oldestPending, "oldestPending");
      RunReportLimits.instant(nextMaturity, "nextMaturity");
      RunReportLimits.instant(labelWatermark, "labelWatermark");
      RunReportLimits.require(silent >= 0, "silent");
      RunReportLimits.count(delays, "delays");
      RunReportLimits.magnitude(delayP50Millis, "delayP50Millis");
      RunReportLimits.magnitude(delayP90Millis, "delayP90Millis");
      RunReportLimits.magnitude(delayP95Millis, "delayP95Millis");
      RunReportLimits.magnitude(delayP99Millis, "delayP99Millis");
      silentPartitions = silentPartitions == null ? List.of() : List.copyOf(silentPartitions);
    }
  }

  /**
   * Recomputed features against those that serving had (semantics.md §7).
   *
   * @param rows compared pairs of an anchor and an entity
   * @param mismatches pairs that differ in at least one bit
   */
  public record Consistency(long rows, long mismatches) {
    public Consistency {
      RunReportLimits.count(rows, "rows");
      RunReportLimits.count(mismatches, "mismatches");
      RunReportLimits.require(mismatches <= rows, "mismatches");
    }
  }

  /**
   * The quality gate (semantics.md §9).
   *
   * @param checked number of figures it judged
   * @param failed number of figures beyond their limit
   * @param worst the worst of them, at most {@value RunReport#GATE_FIGURES}
   */
  public record Gate(long checked, long failed, List<Figure> worst) {
    public Gate {
      RunReportLimits.count(checked, "checked");
      RunReportLimits.count(failed, "failed");
      RunReportLimits.require(worst != null && worst.size() <= GATE_FIGURES, "worst");
      worst = List.copyOf(worst);
    }
  }

  /**
   * One figure of the gate.
   *
   * @param column column it is about
   * @param check what was compared
   * @param value what was found, as decimal text; null for none
   * @param limit what is allowed, as decimal text; null for none
   * @param passed whether it is within the limit
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Figure(String column, GateCheck check, String value, String limit, boolean passed) {
    public Figure {
      RunReportLimits.require(column != null && check != null, "column and check");
      column = PlainText.line(column, RunReportLimits.COLUMN);
      value = value == null ? null : PlainText.line(value, RunReportLimits.NUMBER);
      limit = limit == null ? null : PlainText.line(limit, RunReportLimits.NUMBER);
    }
  }
}
