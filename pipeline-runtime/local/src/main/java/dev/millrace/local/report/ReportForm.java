package dev.millrace.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The forms in which a report can be had; all show the same figures. */
public enum ReportForm {
  TABLE,
  JSON,
  HTML;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** A report of labels in this form, with its final newline. */
  public String of(LabelsReport report) {
    return switch (this) {
      case TABLE -> String.join("\n", new LabelsText(report).lines()) + "\n";
      case JSON -> json(report);
      case HTML -> new LabelsPage(report).html();
    };
  }

  /** A report of drift in this form, with its final newline. */
  public String of(DriftReport report) {
    return switch (this) {
      case TABLE -> String.join("\n", new DriftText(report).lines()) + "\n";
      case JSON -> json(report);
      case HTML -> new DriftPage(report).html();
    };
  }

  private static String json(Object report) {
    try {
      return MAPPER.writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report always has a JSON form", e);
    }
  }
}
