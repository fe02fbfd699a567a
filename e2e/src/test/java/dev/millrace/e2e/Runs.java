package dev.millrace.e2e;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names of folders: one per start, since the build may start what tests share anew for each class
 * of a JVM, and a control plane finds the objects that its folder holds.
 */
public final class Runs {
  private static final AtomicInteger STARTS = new AtomicInteger();

  private Runs() {}

  /** A name that no other start of this build has. */
  public static String name() {
    return ProcessHandle.current().pid() + "-" + STARTS.incrementAndGet();
  }
}
