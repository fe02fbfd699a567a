package dev.millrace.local.terminal;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Where a command speaks: results on standard output, progress on standard error. On a terminal
 * progress is one line that is redrawn; elsewhere it is one line per ten seconds.
 */
public final class Terminal {
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);
  private static final Duration REDRAW_INTERVAL = Duration.ofMillis(150);

  private final PrintStream out;
  private final PrintStream err;
  private final boolean redraws;
  private long lastProgressNanos = Long.MIN_VALUE;
  private int drawnLength;

  public Terminal(PrintStream out, PrintStream err, boolean redraws) {
    this.out = out;
    this.err = err;
    this.redraws = redraws;
  }

  /** The process's own streams; redraws only where a person looks. */
  public static Terminal system() {
    return new Terminal(System.out, System.err, System.console() != null);
  }

  public PrintStream out() {
    return out;
  }

  public PrintStream err() {
    return err;
  }

  /** Shows how far a piece of work is. */
  public synchronized void progress(String line) {
    long now = System.nanoTime();
    Duration interval = redraws ? REDRAW_INTERVAL : LINE_INTERVAL;
    if (lastProgressNanos == Long.MIN_VALUE) {
      lastProgressNanos = redraws ? now - interval.toNanos() : now;
    }
    if (now - lastProgressNanos < interval.toNanos()) {
      return;
    }
    lastProgressNanos = now;
    if (redraws) {
      err.print("\r" + line + " ".repeat(Math.max(0, drawnLength - line.length())));
      err.flush();
      drawnLength = line.length();
    } else {
      err.println(line);
    }
  }

  /** Wipes the progress line, before a result is printed. */
  public synchronized void endProgress() {
    if (drawnLength > 0) {
      err.print("\r" + " ".repeat(drawnLength) + "\r");
      err.flush();
      drawnLength = 0;
    }
    lastProgressNanos = Long.MIN_VALUE;
  }
}
