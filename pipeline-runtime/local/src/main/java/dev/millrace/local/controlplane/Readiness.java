package dev.millrace.local.controlplane;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a child process to be of use. */
final class Readiness {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long PAUSE_MILLIS = 50;
  private static final int LOG_LINES = 20;

  private Readiness() {}

  /**
   * Returns when the condition holds.
   *
   * @throws LocalFailure when the process ends or two minutes pass, with the end of its log
   */
  static void await(ChildProcess child, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (!child.isAlive()) {
        throw new LocalFailure(child.name() + " ended while starting:\n" + lastLines(child));
      }
      if (System.nanoTime() > deadline) {
        throw new LocalFailure(
            child.name() + " is not ready after " + LIMIT + ":\n" + lastLines(child));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("interrupted while the control plane was starting", stopped);
    }
  }

  private static String lastLines(ChildProcess child) {
    try {
      List<String> lines = Files.readAllLines(child.log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException unreadable) {
      return child.log() + " cannot be read: " + unreadable.getMessage();
    }
  }
}
