package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Costs by counters, which do not depend on the clock (performance.md §8): allocation per event,
 * bytes per key, bytes per flush.
 */
class KeyStateCostTest {
  private static final long SLIDE = 30_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] FIVE_WINDOWS = {MINUTE, 5 * MINUTE, HOUR, DAY, 7 * DAY};

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void allocatesNothingPerEventAndRowInSteadyState() {
    var driver = new Driver(layout(0), 36_000);
    driver.run(60_000); // all windows are full, all arrays have their size
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    driver.run(20_000);
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    // Panes are merged now and then, and the newest ones move to the front of their arrays.
    assertThat(bytes / 20_000.0).as("bytes per event and its rows").isLessThan(1.0);
    assertThat(driver.rows).isGreaterThan(70_000);
  }

  @Test
  void keepsASparseKeySmall() {
    assertThat(headAfter(1, 3 * DAY)).as("one event").isLessThanOrEqualTo(100);
    assertThat(headAfter(10, 16 * HOUR)).as("ten events in 7d").isLessThanOrEqualTo(350);
  }

  @Test
  void keepsADenseKeyWithinItsBudgetAndFlushesLittle() {
    var driver = new Driver(layout(0), 36_000);
    driver.run(40_000);
    var body = new CountingStore();
    long written = driver.state.flush(body).length + body.written;
    assertThat(written).as("bytes of a dense key, all windows full").isLessThan(150 * 1024);
    long flushes = 200;
    body.written = 0;
    long heads = 0;
    for (int i = 0; i < flushes; i++) {
      driver.run(2); // a checkpoint about every minute
      heads += driver.state.flush(body).length;
    }
    assertThat((heads + body.written) / flushes).as("bytes per flush").isLessThan(750);
  }

  private static int headAfter(int events, long gapMillis) {
    var driver = new Driver(layout(DAY), gapMillis);
    driver.run(events);
    var body = new CountingStore();
    int bytes = driver.state.flush(body).length;
    assertThat(body.parts).isEmpty();
    return bytes;
  }

  private static EntityLayout layout(long idHorizonMillis) {
    List<WindowColumn> columns = new ArrayList<>();
    for (long window : FIVE_WINDOWS) {
      long tail = Windows.tailMillis(SLIDE, window, false);
      columns.add(new WindowColumn(0, Aggregate.COUNT, window, tail, 0, 2, 0));
      columns.add(new WindowColumn(0, Aggregate.SUM, window, tail, 0, 2, 0));
      columns.add(new WindowColumn(0, Aggregate.MEAN, window, tail, 0, 2, 0));
    }
    return new EntityLayout(SLIDE, idHorizonMillis, List.of(InputType.INTEGER), columns);
  }

  /** One key with an event at a fixed distance, advanced at every touch and read at every fire. */
  private static final class Driver {
    private final KeyState state;
    private final EventInputs event;
    private final RowValues row;
    private final long gapMillis;
    private long ts = 1_700_000_000_000L;
    private long id;
    private long rows;

    Driver(EntityLayout layout, long gapMillis) {
      state = new KeyState(layout);
      event = new EventInputs(layout);
      row = new RowValues(layout.columns());
      this.gapMillis = gapMillis;
    }

    void run(int events) {
      for (int i = 0; i < events; i++) {
        ts += gapMillis;
        while (state.nextTouch() <= ts) {
          if (state.advance(state.nextTouch())) {
            state.read(row);
            rows++;
          }
        }
        event.begin(ts, Windows.nextGridPoint(ts, SLIDE));
        event.idOfLong(id++);
        event.setInteger(0, ts % 9973);
        state.add(event);
      }
    }
  }

  private static final class CountingStore implements BodyStore {
    private final Map<Long, byte[]> parts = new HashMap<>();
    private long written;

    @Override
    public void put(long part, byte[] bytes) {
      parts.put(part, bytes);
      written += bytes.length;
    }

    @Override
    public void remove(long part) {
      parts.remove(part);
    }

    @Override
    public void forEach(PartVisitor visitor) {
      parts.forEach(visitor::part);
    }
  }
}
