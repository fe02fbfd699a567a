package dev.millrace.local.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes we started and have not seen end; Ctrl-C ends every one of them. */
final class Children {
  private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Children::killAll, "children"));
  }

  private Children() {}

  static void add(ChildProcess child) {
    RUNNING.add(child);
    child.exit().thenRun(() -> RUNNING.remove(child));
  }

  static void remove(ChildProcess child) {
    RUNNING.remove(child);
  }

  private static void killAll() {
    for (ChildProcess child : RUNNING) {
      child.kill();
    }
  }
}
