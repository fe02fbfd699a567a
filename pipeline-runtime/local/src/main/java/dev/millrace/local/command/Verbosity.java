package dev.millrace.local.command;

import dev.millrace.local.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code -v}: what a failure's one line leaves out goes to a file. */
public final class Verbosity {
  @Option(
      names = {"-v", "--verbose"},
      description = "Write the details of a failure to a file.")
  private boolean verbose;

  /** The option of a command, or one that is off. */
  public static Verbosity of(CommandLine command) {
    for (Object mixin : command.getMixins().values()) {
      if (mixin instanceof Verbosity verbosity) {
        return verbosity;
      }
    }
    return new Verbosity();
  }

  /** Writes the stack of a failure when asked to. */
  public void write(Throwable failure, Terminal terminal) {
    if (!verbose) {
      return;
    }
    try {
      Path file = Files.createTempFile("millrace-failure-", ".log");
      try (var out = new PrintWriter(Files.newBufferedWriter(file))) {
        failure.printStackTrace(out);
      }
      terminal.err().println("details: " + file);
    } catch (IOException e) {
      terminal.err().println("the details cannot be written either: " + e.getMessage());
    }
  }
}
