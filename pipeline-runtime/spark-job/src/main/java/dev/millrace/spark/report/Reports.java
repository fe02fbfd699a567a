package dev.millrace.spark.report;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.ManifestStore;
import dev.millrace.spark.run.Extract;
import dev.millrace.spark.run.RunName;
import java.time.Instant;
import java.util.List;

/** Reports from outcomes and failures, cut to fit. */
public final class Reports {
  private static final int MAX_WARNINGS = 4;
  private static final int MAX_WARNING = 200;
  private static final int MAX_MESSAGE = 600;
  private static final int MAX_PARTITIONS = 20;

  private Reports() {}

  /** Report of a run that succeeded. */
  public static ExtractReport of(Extract.Outcome outcome, String location) {
    Manifest manifest = outcome.manifest();
    String run = RunName.of(Instant.parse(manifest.asOf()));
    return new ExtractReport(
        ExtractReport.SCHEMA,
        manifest.asOf(),
        outcome.repeated() ? "AlreadyPublished" : "Published",
        null,
        null,
        manifest.rows(),
        manifest.positives(),
        manifest.files().size(),
        location + "/dataset",
        location + "/" + ManifestStore.path(run),
        labels(manifest),
        manifest.warnings().stream().limit(MAX_WARNINGS).map(w -> cut(w, MAX_WARNING)).toList());
  }

  /** Report of a run that failed, with the reason found along the causes. */
  public static ExtractReport failed(String asOf, Throwable failure) {
    MillraceFailure known = find(failure);
    Reason reason = known == null ? Reason.RUN_FAILED : known.reason();
    String message = known == null ? "MR/" + reason.text() + ": " + failure : known.getMessage();
    return new ExtractReport(
        ExtractReport.SCHEMA,
        asOf,
        "Failed",
        reason.text(),
        cut(message, MAX_MESSAGE),
        0,
        0,
        0,
        null,
        null,
        null,
        List.of());
  }

  private static ExtractReport.Labels labels(Manifest manifest) {
    var states = manifest.states();
    var delays = manifest.delays();
    long watermark = manifest.labels().watermark();
    return new ExtractReport.Labels(
        states.pending(),
        states.mature(),
        states.finalised(),
        states.oldestPending(),
        states.nextMaturity(),
        watermark == Long.MIN_VALUE ? null : Instant.ofEpochMilli(watermark).toString(),
        manifest.labels().silentPartitions().stream().limit(MAX_PARTITIONS).toList(),
        delays.count(),
        delays.p50Millis(),
        delays.p90Millis(),
        delays.p95Millis(),
        delays.p99Millis());
  }

  private static MillraceFailure find(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MillraceFailure known) {
        return known;
      }
    }
    return null;
  }

  private static String cut(String text, int length) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= length ? line : line.substring(0, length - 1) + "…";
  }
}
