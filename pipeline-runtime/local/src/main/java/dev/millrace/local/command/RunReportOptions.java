package dev.millrace.local.command;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.local.LocalFailure;
import dev.millrace.local.report.ReportForm;
import dev.millrace.local.report.RunArchive;
import dev.millrace.local.stack.Documents;
import dev.millrace.local.stack.StackState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which label window and which run a report is about, and its form. */
final class RunReportOptions {
  @Parameters(index = "0", paramLabel = "LABELWINDOW", description = "Name of the label window.")
  private String name;

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description = "The run, such as 2011-12-09T13:00:00Z; default: the newest.")
  private String asOf;

  @Option(
      names = "-o",
      defaultValue = "table",
      paramLabel = "table|json|html",
      description = "Form of the answer (default: ${DEFAULT-VALUE}).")
  private ReportForm form;

  @Option(names = "--data", description = "Data folder of the stack; default: the last started.")
  private Path data;

  /** The extract document of the running stack's label window. */
  ExtractDocument document() {
    return Documents.extract(Path.of(StackState.find(data).labelWindow(name).document()));
  }

  /** All runs of that label window. */
  RunArchive archive(ExtractDocument document) {
    return RunArchive.read(Path.of(URI.create(document.wiring().location())));
  }

  /** The run that is asked for; null for the newest. */
  Instant asOf() {
    return asOf == null ? null : instant(asOf);
  }

  ReportForm form() {
    return form;
  }

  /** An instant that a user typed. */
  static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new LocalFailure(
          "--as-of " + text + " is not an instant; write it as 2011-12-09T13:00:00Z", e);
    }
  }
}
