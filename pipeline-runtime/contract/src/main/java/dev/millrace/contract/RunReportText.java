package dev.millrace.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The text of a {@link RunReport}: always below {@value RunReport#MAX_BYTES} bytes, because of a
 * longer message a kubelet loses the head. What does not fit goes whole, the least important first;
 * a path that is cut would be another path.
 */
public final class RunReportText {
  /** Longest message kept, in characters. */
  public static final int MESSAGE = 600;

  private static final int SHORT_MESSAGE = 200;
  private static final int WARNING = 200;
  private static final int WARNINGS = 4;
  private static final int PARTITIONS = 20;
  private static final int FEW_FIGURES = 3;

  /** A reason is written as the word that people read. */
  private interface ByText {
    @JsonValue
    String text();
  }

  static final ObjectMapper MAPPER =
      DocumentCodec.MAPPER
          .copy()
          .disable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .addMixIn(Reason.class, ByText.class);

  /** Tried in this order, each on the result of the one before. */
  private static final List<UnaryOperator<RunReport>> REDUCTIONS =
      List.of(
          report -> with(report, report.message(), report.labels(), report.gate(), List.of()),
          report -> with(report, report.message(), report.labels(), few(report.gate()), List.of()),
          report ->
              with(
                  report,
                  cut(report.message(), SHORT_MESSAGE),
                  report.labels(),
                  few(report.gate()),
                  List.of()),
          report ->
              with(
                  report,
                  report.message(),
                  silent(report.labels(), 0),
                  none(report.gate()),
                  List.of()),
          report -> without(report, report.location(), report.manifest()),
          report -> without(report, null, null));

  private RunReportText() {}

  /** One line of JSON. */
  public static String of(RunReport report) {
    RunReport fitting = shortened(report);
    String text = json(fitting);
    for (UnaryOperator<RunReport> reduction : REDUCTIONS) {
      if (text.getBytes(StandardCharsets.UTF_8).length < RunReport.MAX_BYTES) {
        return text;
      }
      fitting = reduction.apply(fitting);
      text = json(fitting);
    }
    return text;
  }

  private static String json(RunReport report) {
    try {
      return MAPPER.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of this package always have a JSON form", e);
    }
  }

  /** The same report with every text cut and on one line. */
  static RunReport shortened(RunReport report) {
    List<String> warnings =
        report.warnings().stream()
            .limit(WARNINGS)
            .map(warning -> PlainText.line(warning, WARNING))
            .toList();
    return with(
        report,
        cut(report.message(), MESSAGE),
        silent(report.labels(), PARTITIONS),
        report.gate(),
        warnings);
  }

  private static String cut(String message, int length) {
    return message == null ? null : PlainText.line(message, length);
  }

  private static RunReport.Gate few(RunReport.Gate gate) {
    return gate == null ? null : worst(gate, FEW_FIGURES);
  }

  private static RunReport.Gate none(RunReport.Gate gate) {
    return gate == null ? null : worst(gate, 0);
  }

  private static RunReport.Gate worst(RunReport.Gate gate, int figures) {
    return new RunReport.Gate(
        gate.checked(), gate.failed(), gate.worst().stream().limit(figures).toList());
  }

  private static RunReport.Labels silent(RunReport.Labels labels, int partitions) {
    return labels == null
        ? null
        : new RunReport.Labels(
            labels.pending(),
            labels.mature(),
            labels.finalised(),
            labels.positives(),
            labels.corrected(),
            labels.oldestPending(),
            labels.nextMaturity(),
            labels.labelWatermark(),
            labels.silent(),
            labels.silentPartitions().stream().limit(partitions).toList(),
            labels.delays(),
            labels.delayP50Millis(),
            labels.delayP90Millis(),
            labels.delayP95Millis(),
            labels.delayP99Millis());
  }

  private static RunReport with(
      RunReport report,
      String message,
      RunReport.Labels labels,
      RunReport.Gate gate,
      List<String> warnings) {
    return new RunReport(
        report.codec(),
        report.asOf(),
        report.outcome(),
        report.repeated(),
        report.reason(),
        message,
        report.durationSeconds(),
        report.rows(),
        report.positives(),
        report.files(),
        report.location(),
        report.manifest(),
        report.publishedRuns(),
        labels,
        report.consistency(),
        gate,
        report.surrogates(),
        warnings);
  }

  private static RunReport without(RunReport report, String location, String manifest) {
    return new RunReport(
        report.codec(),
        report.asOf(),
        report.outcome(),
        report.repeated(),
        report.reason(),
        report.message(),
        report.durationSeconds(),
        report.rows(),
        report.positives(),
        report.files(),
        location,
        manifest,
        report.publishedRuns(),
        report.labels(),
        report.consistency(),
        report.gate(),
        List.of(),
        List.of());
  }
}
