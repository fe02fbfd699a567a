package dev.millrace.local.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Training sets: {@code extract run} and {@code extract preview}. */
@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description = "Training sets of a label window.",
    subcommands = {ExtractPreviewCommand.class, ExtractRunCommand.class})
public final class ExtractCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand: preview or run");
  }
}
