package dev.millrace.local.command;

import dev.millrace.local.Millrace;
import dev.millrace.local.report.DriftReport;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.spark.gate.GateOutcome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the quality gate found in a run; exit code 2 if it published nothing. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    description = "Show what the quality gate found in a run, column by column.")
public final class DriftCommand implements Callable<Integer> {
  @Mixin private RunReportOptions options;
  @Mixin private Verbosity verbosity;

  private final Terminal terminal;

  public DriftCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var document = options.document();
    var report = DriftReport.of(document, options.archive(document), options.asOf());
    terminal.out().print(options.form().of(report));
    terminal.out().flush();
    return report.outcome() == GateOutcome.REFUSED ? Millrace.PENDING : 0;
  }
}
