package dev.millrace.bench;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.EntityLayout;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.KeyState;
import dev.millrace.kernel.RowValues;
import dev.millrace.kernel.WindowColumn;
import dev.millrace.kernel.Windows;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Tier T0 of performance.md §6: one key, an event every 36 s at slide 30 s, all its rows. The
 * window is full before anything is counted. One operation is one event with the advances and reads
 * until the next one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class KernelWindowBench {
  private static final long SLIDE_MILLIS = 30_000;
  private static final long GAP_MILLIS = 36_000;

  /** Window in minutes: 5m, 24h, 7d. */
  @Param({"5", "1440", "10080"})
  public long windowMinutes;

  private KeyState key;
  private EventInputs event;
  private RowValues row;
  private long ts;

  @Setup
  public void fillTheWindow() {
    long window = windowMinutes * 60_000;
    long tail = Windows.tailMillis(SLIDE_MILLIS, window, false);
    var layout =
        new EntityLayout(
            SLIDE_MILLIS,
            0,
            List.of(InputType.INTEGER),
            List.of(
                new WindowColumn(0, Aggregate.COUNT, window, tail, 0, 2, 0),
                new WindowColumn(0, Aggregate.SUM, window, tail, 0, 2, 0),
                new WindowColumn(0, Aggregate.MEAN, window, tail, 0, 2, 0)));
    key = new KeyState(layout);
    event = new EventInputs(layout);
    row = new RowValues(layout.columns());
    ts = 1_700_000_000_000L;
    for (long filled = 0; filled < 2 * window + 3_600_000; filled += GAP_MILLIS) {
      eventWithItsRows();
    }
  }

  @Benchmark
  public long eventWithItsRows() {
    ts += GAP_MILLIS;
    long next = key.nextTouch();
    while (next <= ts) {
      if (key.advance(next)) {
        key.read(row);
      }
      next = key.nextTouch();
    }
    event.begin(ts, Windows.nextGridPoint(ts, SLIDE_MILLIS));
    event.setInteger(0, ts % 9973);
    key.add(event);
    return row.bits(0);
  }
}
