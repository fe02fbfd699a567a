package dev.millrace.local.report;

import dev.millrace.local.terminal.JsonText;

/** The forms in which a report can be had; all show the same figures. */
public enum ReportForm {
  TABLE,
  JSON,
  HTML;

  /** A report of labels in this form, with its final newline. */
  public String of(LabelsReport report) {
    return switch (this) {
      case TABLE -> String.join("\n", new LabelsText(report).lines()) + "\n";
      case JSON -> JsonText.of(report);
      case HTML -> new LabelsPage(report).html();
    };
  }

  /** A report of drift in this form, with its final newline. */
  public String of(DriftReport report) {
    return switch (this) {
      case TABLE -> String.join("\n", new DriftText(report).lines()) + "\n";
      case JSON -> JsonText.of(report);
      case HTML -> new DriftPage(report).html();
    };
  }
}
