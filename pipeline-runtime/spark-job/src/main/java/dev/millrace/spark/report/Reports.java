package dev.millrace.spark.report;

import dev.millrace.contract.Reason;
import dev.millrace.contract.RunOutcome;
import dev.millrace.contract.RunReport;
import dev.millrace.contract.SurrogateAgreement;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.ManifestStore;
import dev.millrace.spark.run.Extract;
import dev.millrace.spark.run.RunName;
import dev.millrace.spark.run.Totals;
import java.time.Instant;
import java.util.List;

/** Reports from outcomes and failures. */
public final class Reports {
  private Reports() {}

  /** Report of a run that did not fail: it published, had nothing to publish, or was refused. */
  public static RunReport of(Extract.Outcome outcome, String location, long seconds) {
    Manifest manifest = outcome.manifest();
    String run = RunName.of(Instant.parse(manifest.asOf()));
    boolean refused = !manifest.gate().permits();
    return new RunReport(
        RunReport.CODEC,
        manifest.asOf(),
        outcome(manifest),
        outcome.repeated(),
        refused ? Reason.GATE_REFUSED : null,
        refused ? GateReports.refusal(manifest.gate()) : null,
        seconds,
        refused ? 0 : manifest.rows(),
        refused ? 0 : manifest.positives(),
        manifest.files().size(),
        location + "/dataset",
        location + "/" + (refused ? ManifestStore.refusedPath(run) : ManifestStore.path(run)),
        outcome.totals().runs(),
        labels(manifest, outcome.totals()),
        consistency(manifest),
        manifest.rows() > 0 ? GateReports.of(manifest.gate()) : null,
        agreements(outcome.totals()),
        manifest.warnings());
  }

  private static RunReport.Consistency consistency(Manifest manifest) {
    var found = manifest.consistency();
    return found.rows() == 0 ? null : new RunReport.Consistency(found.rows(), found.mismatches());
  }

  private static List<SurrogateAgreement> agreements(Totals totals) {
    return totals.agreements().entrySet().stream()
        .limit(RunReport.SURROGATES)
        .map(
            each ->
                new SurrogateAgreement(
                    each.getKey(),
                    each.getValue().rows(),
                    each.getValue().precision(),
                    each.getValue().recall(),
                    each.getValue().lift()))
        .toList();
  }

  private static RunOutcome outcome(Manifest manifest) {
    if (!manifest.gate().permits()) {
      return RunOutcome.REFUSED;
    }
    return manifest.rows() > 0 ? RunOutcome.PUBLISHED : RunOutcome.NOTHING_MATURE;
  }

  /**
   * Report of a run that failed, with the reason found along the causes.
   *
   * @param asOf ISO 8601, or null when nothing says it
   */
  public static RunReport failed(String asOf, Throwable failure, long seconds) {
    Failures known = Failures.of(failure, Reason.RUN_FAILED);
    return RunReport.unpublished(asOf, RunOutcome.FAILED, known.reason(), known.message(), seconds);
  }

  private static RunReport.Labels labels(Manifest manifest, Totals totals) {
    var states = manifest.states();
    var delays = manifest.delays();
    long watermark = manifest.labels().watermark();
    return new RunReport.Labels(
        states.pending(),
        states.mature(),
        states.finalised(),
        totals.positives(),
        totals.corrected(),
        states.oldestPending(),
        states.nextMaturity(),
        watermark == Long.MIN_VALUE ? null : Instant.ofEpochMilli(watermark).toString(),
        manifest.labels().silentPartitions().size(),
        manifest.labels().silentPartitions(),
        delays.count(),
        delays.p50Millis(),
        delays.p90Millis(),
        delays.p95Millis(),
        delays.p99Millis());
  }
}
