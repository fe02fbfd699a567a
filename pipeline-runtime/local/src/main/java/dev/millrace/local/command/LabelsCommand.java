package dev.millrace.local.command;

import dev.millrace.local.report.LabelsReport;
import dev.millrace.local.report.RunArchive;
import dev.millrace.local.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How late labels are and which rows are final, from the manifests of the runs. */
@Command(
    name = "labels",
    mixinStandardHelpOptions = true,
    description = "Show how late labels are, what is pending and what is final.")
public final class LabelsCommand implements Callable<Integer> {
  @Mixin private RunReportOptions options;
  @Mixin private Verbosity verbosity;

  private final Terminal terminal;

  public LabelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var document = options.document();
    RunArchive archive = options.archive(document);
    archive.underWay().forEach(terminal.err()::println);
    var report = LabelsReport.of(document, archive, options.asOf());
    terminal.out().print(options.form().of(report));
    terminal.out().flush();
    return 0;
  }
}
