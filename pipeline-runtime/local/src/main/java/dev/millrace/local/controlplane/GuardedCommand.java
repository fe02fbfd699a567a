package dev.millrace.local.controlplane;

import java.util.ArrayList;
import java.util.List;

/**
 * Starts a program that does not watch its standard input so that it ends with us all the same. A
 * shell leaves a watcher behind and becomes the program: signals reach the program itself, and when
 * our end of its input closes, by our death too, the watcher kills it.
 */
final class GuardedCommand {
  /** The watcher kills its parent only while that still is its parent: ids are used again. */
  private static final String WATCHER =
      "cat >/dev/null;"
          + " parent=$(ps -o ppid= -p $$ 2>/dev/null || cut -d' ' -f4 /proc/$$/stat);"
          + " [ \"$parent\" -eq \"$PPID\" ] && kill -9 \"$PPID\"";

  private static final String SCRIPT =
      "exec 3<&0; sh -c \"$0\" <&3 3<&- >/dev/null 2>&1 & exec \"$@\" </dev/null 3<&-";

  private GuardedCommand() {}

  static List<String> of(List<String> command) {
    var words = new ArrayList<>(List.of("sh", "-c", SCRIPT, WATCHER));
    words.addAll(command);
    return words;
  }
}
