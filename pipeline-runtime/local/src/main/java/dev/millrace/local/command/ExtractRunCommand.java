package dev.millrace.local.command;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.Millrace;
import dev.millrace.local.actor.PodResult;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.operator.plan.ExtractPlan;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.Schedules;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one extract against a running stack, as the CronJob's controller would. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run one extract against a running stack.")
public final class ExtractRunCommand implements Callable<Integer> {
  @Mixin private WindowOptions options;

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description = "Such as 2011-12-09T13:00:00Z; default: the last scheduled instant.")
  private String asOf;

  @Mixin private Verbosity verbosity;

  private final Terminal terminal;

  public ExtractRunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<WindowOptions.Target> target = options.target(terminal);
    return target.isPresent() ? run(target.get()) : Millrace.NO_ANSWER;
  }

  private int run(WindowOptions.Target target) throws IOException, InterruptedException {
    LabelWindowPlan plan = target.window().plan();
    Instant instant = asOf == null ? lastScheduled(plan.extract()) : RunReportOptions.instant(asOf);
    terminal.err().println("extract of " + plan.name() + " as of " + instant);
    PodResult result = target.job().run(instant);
    if (!result.terminationMessage().isEmpty()) {
      terminal.out().println(result.terminationMessage().strip());
    }
    if (result.exitCode() != 0) {
      terminal
          .err()
          .println(
              "millrace: "
                  + result.jobName()
                  + " ended with exit code "
                  + result.exitCode()
                  + "; see "
                  + result.log());
      return Millrace.NO_ANSWER;
    }
    terminal.err().println("training set in " + plan.location() + "/dataset");
    return 0;
  }

  private static Instant lastScheduled(ExtractPlan extract) {
    return Schedules.last(extract, Instant.now())
        .orElseThrow(
            () -> new LocalFailure("the schedule " + extract.schedule() + " has no instant"));
  }
}
