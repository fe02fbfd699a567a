package dev.millrace.local;

import dev.millrace.local.command.BenchCommand;
import dev.millrace.local.command.ConsistencyCommand;
import dev.millrace.local.command.DemoCommand;
import dev.millrace.local.command.DriftCommand;
import dev.millrace.local.command.ExtractCommand;
import dev.millrace.local.command.GetCommand;
import dev.millrace.local.command.LabelsCommand;
import dev.millrace.local.command.PlanCommand;
import dev.millrace.local.command.PreviewCommand;
import dev.millrace.local.command.UpCommand;
import dev.millrace.local.command.Verbosity;
import dev.millrace.local.process.Children;
import dev.millrace.local.terminal.Terminal;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The {@code millrace} command. Exit codes (experience.md §3): 0 done, 1 no answer, 2 answered but
 * something is pending. Results go to standard output, progress and failures to standard error.
 */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    version = "millrace 0.1.0",
    description = "Real-time features and leak-free training sets from two YAML resources.",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      PlanCommand.class,
      GetCommand.class,
      PreviewCommand.class,
      ExtractCommand.class,
      LabelsCommand.class,
      DriftCommand.class,
      ConsistencyCommand.class,
      BenchCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:no answer: wrong usage, no connection, an invalid resource",
      "2:answered, and something is pending or a check failed"
    })
public final class Millrace {
  /** Exit code of a command that could not answer. */
  public static final int NO_ANSWER = 1;

  /** Exit code of a command that answered that something is pending. */
  public static final int PENDING = 2;

  private Millrace() {}

  public static void main(String[] arguments) {
    // Libraries log to nowhere until a command names a file.
    System.setProperty("log4j2.configurationFile", "log-off.xml");
    System.exit(run(Terminal.system(), arguments));
  }

  /** Runs one command. */
  public static int run(Terminal terminal, String... arguments) {
    var line = new CommandLine(new Millrace(), new CommandFactory(terminal));
    line.setOut(new PrintWriter(terminal.out(), true));
    line.setErr(new PrintWriter(terminal.err(), true));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Millrace::usageError);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (Children.isShuttingDown()) {
            return NO_ANSWER; // Ctrl-C: what fails now fails because we end it
          }
          terminal.endProgress();
          terminal.err().println("millrace: " + FailureLine.of(failure));
          Verbosity.of(command).write(failure, terminal);
          return NO_ANSWER;
        });
    return line.execute(arguments);
  }

  private static int usageError(ParameterException failure, String[] arguments) {
    PrintWriter err = failure.getCommandLine().getErr();
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    err.println("millrace: " + failure.getMessage() + "; see " + command + " --help");
    return NO_ANSWER;
  }
}
