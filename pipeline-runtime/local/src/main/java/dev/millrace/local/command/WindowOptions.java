package dev.millrace.local.command;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.stack.PlannedLabelWindow;
import dev.millrace.local.stack.Planning;
import dev.millrace.local.stack.StackState;
import java.nio.file.Path;
import java.util.List;
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

  StackState stack() {
    return StackState.find(data);
  }

  Planning planning(StackState stack) {
    return Planning.of(folder, stack);
  }

  /** The label window that was named, or the only one. */
  PlannedLabelWindow window(Planning planning) {
    List<PlannedLabelWindow> windows = planning.labelWindows();
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
