package dev.millrace.local.command;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.stack.ExtractJob;
import dev.millrace.local.stack.PlannedLabelWindow;
import dev.millrace.local.stack.Planning;
import dev.millrace.local.stack.StackState;
import dev.millrace.local.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which label window of which running stack. */
final class WindowOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "LABELWINDOW",
      description = "Name of the label window; may be left out when there is one.")
  private String name;

  @Option(
      names = "-f",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder with the resources of the running stack.")
  private Path folder;

  @Option(names = "--data", description = "Data folder of the stack; default: the last started.")
  private Path data;

  /**
   * A label window of a running stack.
   *
   * @param stack the stack
   * @param window the label window that was named, or the only one
   */
  record Target(StackState stack, PlannedLabelWindow window) {
    /** Its extract, run in the stack's data folder. */
    ExtractJob job() {
      return ExtractJob.of(window, Path.of(stack.data()));
    }
  }

  /** Finds it; empty after everything that is wrong with the resources was printed. */
  Optional<Target> target(Terminal terminal) {
    StackState stack = StackState.find(data);
    Planning planning = Planning.of(folder, stack);
    return planning.printRefused(terminal)
        ? Optional.empty()
        : Optional.of(new Target(stack, window(planning.labelWindows())));
  }

  private PlannedLabelWindow window(List<PlannedLabelWindow> windows) {
    List<PlannedLabelWindow> matching =
        windows.stream()
            .filter(window -> name == null || window.plan().name().equals(name))
            .toList();
    if (matching.size() != 1) {
      throw new LocalFailure(
          "the folder has the label windows "
              + windows.stream().map(window -> window.plan().name()).toList()
              + "; name one");
    }
    return matching.get(0);
  }
}
