package dev.millrace.operator.status;

import dev.millrace.contract.GateCheck;
import dev.millrace.contract.KnownFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.RunReport;
import java.util.Optional;

/** LabelsFlowing and DataQuality: what the newest run found in the data (semantics.md §8, §9). */
final class LabelFindings {
  private final RunReport report;

  LabelFindings(RunReport report) {
    this.report = report;
  }

  /** Empty if the run did not get as far as to know. */
  Optional<Finding> labelsFlowing() {
    Optional<KnownFailure> lost =
        report.failure().filter(failure -> failure.reason() == Reason.LABELS_LOST);
    if (lost.isPresent()) {
      return Optional.of(Finding.fails(Reason.LABELS_LOST, lost.get().text(), Weight.NOTED));
    }
    RunReport.Labels labels = report.labels();
    if (labels == null) {
      return Optional.empty();
    }
    return Optional.of(
        labels.silent() == 0
            ? Finding.holds(Reason.FLOWING, "every label partition that ever delivered delivers")
            : Finding.fails(Reason.PARTITION_SILENT, silent(labels), Weight.NOTED));
  }

  private static String silent(RunReport.Labels labels) {
    int others = labels.silent() - labels.silentPartitions().size();
    return (labels.silent() == 1 ? "label partition " : "label partitions ")
        + Texts.list(labels.silentPartitions())
        + (others > 0 ? " and " + others + " more" : "")
        + (labels.silent() == 1 ? " has" : " have")
        + " been silent for longer than stalledAfter, nothing is finalised; check the label feed";
  }

  /** Empty if the gate did not judge. */
  Optional<Finding> dataQuality() {
    RunReport.Gate gate = report.gate();
    if (gate == null) {
      return Optional.empty();
    }
    if (gate.failed() == 0) {
      return Optional.of(passed(gate));
    }
    Optional<RunReport.Figure> worst =
        gate.worst().stream().filter(figure -> !figure.passed()).findFirst();
    String text =
        worst.map(LabelFindings::text).orElse("the worst figures are in the manifest")
            + "; "
            + gate.failed()
            + " of "
            + gate.checked()
            + " figures are beyond their limit";
    return Optional.of(
        RunFindings.published(report)
            ? Finding.holds(Reason.OVERRIDDEN, "published as asked for: " + text)
            : Finding.fails(
                worst.map(figure -> reason(figure.check())).orElse(Reason.GATE_REFUSED),
                text,
                Weight.NOTED));
  }

  private static Finding passed(RunReport.Gate gate) {
    boolean baseline =
        gate.worst().stream()
            .noneMatch(figure -> figure.check() == GateCheck.INSUFFICIENT_BASELINE);
    return baseline
        ? Finding.holds(Reason.PASSED, gate.checked() + " figures are within their limits")
        : Finding.holds(
            Reason.INSUFFICIENT_BASELINE,
            "fewer than 3 baseline days or too few rows for a verdict; allowed and recorded");
  }

  private static String text(RunReport.Figure figure) {
    String limit = figure.limit() == null ? "" : ", the limit is " + figure.limit();
    String value = figure.value() == null ? "" : " " + figure.value();
    return "column " + figure.column() + ": " + figure.check().text() + value + limit;
  }

  private static Reason reason(GateCheck check) {
    return switch (check) {
      case NULL_RATE -> Reason.NULL_RATE;
      case DRIFT -> Reason.DRIFT;
      case INSUFFICIENT_BASELINE -> Reason.INSUFFICIENT_BASELINE;
    };
  }
}
