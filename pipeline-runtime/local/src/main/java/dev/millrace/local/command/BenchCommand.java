package dev.millrace.local.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measurements beside other systems, in one run: {@code bench pit}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure beside other systems on this machine, in one run.",
    subcommands = PitBenchCommand.class)
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand: pit");
  }
}
