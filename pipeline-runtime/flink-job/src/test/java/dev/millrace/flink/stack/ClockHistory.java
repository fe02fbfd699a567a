package dev.millrace.flink.stack;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Polls a pipeline's {@code :clock} as a reader does and keeps every change. */
public final class ClockHistory implements AutoCloseable {
  /** What the clock said. */
  public record Reading(int version, long asOf) {}

  private final JobRun run;
  private final CopyOnWriteArrayList<Reading> readings = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::poll, "clock history");
  private volatile boolean closed;

  public ClockHistory(JobRun run) {
    this.run = run;
    thread.start();
  }

  private void poll() {
    Reading last = null;
    while (!closed) {
      Map<String, String> clock = run.clock();
      if (!clock.isEmpty()) {
        var now =
            new Reading(Integer.parseInt(clock.get("version")), Long.parseLong(clock.get("asof")));
        if (!now.equals(last)) {
          readings.add(now);
          last = now;
        }
      }
    }
  }

  /** Every change so far, in order. */
  public List<Reading> readings() {
    return List.copyOf(readings);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
