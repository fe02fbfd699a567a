package dev.millrace.local.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes we started and have not seen end; Ctrl-C ends every one of them. */
public final class Children {
  private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();
  private static volatile boolean shuttingDown;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Children::killAll, "children"));
  }

  private Children() {}

  /** Whether this JVM is ending: nothing is started any more, and nothing needs to be said. */
  public static boolean isShuttingDown() {
    return shuttingDown;
  }

  static void add(ChildProcess child) {
    RUNNING.add(child);
    child.exit().thenRun(() -> RUNNING.remove(child));
    if (shuttingDown) {
      child.kill();
    }
  }

  static void remove(ChildProcess child) {
    RUNNING.remove(child);
  }

  private static void killAll() {
    shuttingDown = true;
    for (ChildProcess child : RUNNING) {
      child.kill();
    }
  }
}
