package dev.millrace.local.controlplane;

import java.io.IOException;
import java.util.List;

/** A process of its own that starts a guarded program, says its id and waits to be killed. */
final class GuardedSleep {
  private GuardedSleep() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Process sleep = new ProcessBuilder(GuardedCommand.of(List.of("sleep", "600"))).start();
    System.out.println(sleep.pid());
    sleep.waitFor();
  }
}
