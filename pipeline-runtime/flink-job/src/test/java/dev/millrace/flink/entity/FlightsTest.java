package dev.millrace.flink.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Accounting;
import dev.millrace.flink.stack.ParquetRows;
import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.EntityLayout;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.KeyState;
import dev.millrace.kernel.LogJudge;
import dev.millrace.kernel.RowValues;
import dev.millrace.kernel.SourceVerdict;
import dev.millrace.kernel.WindowColumn;
import dev.millrace.kernel.Windows;
import dev.millrace.testkit.dataset.FlightsExpected;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Three million real flights in the order of their arrival, 42 % of them out of order, with a copy
 * of every twentieth: judged as the stamp and the judging entity do, fired by the timing wheel. The
 * whole job at this size takes minutes; the same code runs here without Kafka, Redis and Parquet.
 */
class FlightsTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long START = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();
  private static final long END = Instant.parse("2002-01-01T00:00:00Z").toEpochMilli();

  // The latest flight arrives 27.7 hours late: what is on time is in every row from its minute on.
  private static final long OUT_OF_ORDERNESS = 30 * HOUR;
  private static final long ALLOWED_LATENESS = 48 * HOUR;

  private record Flight(int id, String origin, long ts, long arrival, int delay) {}

  private final EntityLayout layout = layout();
  private final EventInputs inputs = new EventInputs(layout);
  private final RowValues values = new RowValues(layout.columns());
  private final LogJudge judge =
      new LogJudge(MINUTE, OUT_OF_ORDERNESS, ALLOWED_LATENESS, 5 * MINUTE);
  private final TimingWheel wheel = new TimingWheel();
  private final Map<String, KeyState> states = new HashMap<>();
  private final Map<String, ArrayDeque<FlightsExpected.Row>> expected = new HashMap<>();
  private long in;
  private long accepted;
  private long duplicate;
  private long late;
  private long fired;
  private long compared;

  @Test
  void countsFlightsAndDelaysExactlyAndAccountsForEveryCopy() throws Exception {
    var data = FlightsExpected.find();
    Assumptions.assumeTrue(data.isPresent(), "data set flights3m is not on this machine");
    data.get().rows().stream()
        .sorted(Comparator.comparingLong(FlightsExpected.Row::minute))
        .forEach(row -> expected.computeIfAbsent(row.origin(), o -> new ArrayDeque<>()).add(row));
    long total = expected.values().stream().mapToLong(ArrayDeque::size).sum();
    Flight[] flights = byArrival(data.get());
    long seed = System.nanoTime();
    var random = new Random(seed);
    long copies = 0;
    for (int i = 0; i < flights.length; i++) {
      judge(flights[i], flights[i].arrival);
      if (random.nextInt(20) == 0) {
        judge(flights[Math.max(0, i - random.nextInt(1_000))], flights[i].arrival);
        copies++;
      }
    }
    fire(END);
    expected.forEach((origin, rows) -> rows.forEach(row -> compare(row, origin)));

    var counts = new Accounting(in, accepted, duplicate, late, 0, 0, fired, fired);
    assertThat(counts.adds()).as("seed %d", seed).isTrue();
    assertThat(accepted).isEqualTo(flights.length);
    assertThat(duplicate).isEqualTo(copies);
    assertThat(compared).isEqualTo(total);
    System.out.printf(
        "flights: %d events, %d copies, %d rows, %d instants equal%n",
        accepted, duplicate, fired, compared);
  }

  private void judge(Flight flight, long arrival) throws Exception {
    in++;
    if (judge.judge(flight.ts, arrival) != SourceVerdict.ON_LOG) {
      late++;
      return;
    }
    inputs.begin(flight.ts, judge.visibleFrom(flight.ts));
    inputs.idOfLong(flight.id);
    inputs.setPresence(0);
    inputs.setInteger(1, flight.delay);
    KeyState state = states.computeIfAbsent(flight.origin, o -> new KeyState(layout));
    if (!state.admit(inputs)) {
      duplicate++;
      return;
    }
    accepted++;
    state.add(inputs);
    wheel.schedule(flight.origin, state.nextTouch());
    fire(Windows.floorTo(judge.progress() - OUT_OF_ORDERNESS, MINUTE));
  }

  private void fire(long upTo) throws Exception {
    wheel.fire(
        upTo,
        (origin, gridPoint) -> {
          KeyState state = states.get(origin);
          compareBefore(origin, gridPoint);
          if (state.advance(gridPoint)) {
            fired++;
          }
          wheel.schedule(origin, state.nextTouch());
        });
  }

  /** The row of an instant is the last one at or before it. */
  private void compareBefore(String origin, long gridPoint) {
    var rows = expected.get(origin);
    while (rows != null && !rows.isEmpty() && START + rows.peek().minute() * MINUTE < gridPoint) {
      compare(rows.poll(), origin);
    }
  }

  private void compare(FlightsExpected.Row row, String origin) {
    states.get(origin).read(values);
    long[] actual = new long[layout.columns()];
    for (int i = 0; i < actual.length; i++) {
      actual[i] = values.isPresent(i) ? values.bits(i) : 0;
    }
    long[] wanted = {row.n1h(), row.s1h(), row.n24h(), row.s24h(), row.n7d(), row.s7d()};
    assertThat(actual).as("%s: %s", row, Arrays.toString(actual)).isEqualTo(wanted);
    compared++;
  }

  private static Flight[] byArrival(FlightsExpected data) throws Exception {
    var flights = new ArrayList<Flight>(3_000_000);
    Map<String, String> names = new HashMap<>();
    ParquetRows.forEach(
        data.parquet(),
        row -> {
          long ts = row.getLong("date", 0) / 1_000;
          int delay = (int) row.getLong("delay", 0);
          String origin = names.computeIfAbsent(row.getString("origin", 0), name -> name);
          long arrival = ts + Math.max(0, delay) * MINUTE;
          flights.add(new Flight(flights.size(), origin, ts, arrival, delay));
        });
    Flight[] sorted = flights.toArray(Flight[]::new);
    Arrays.sort(sorted, Comparator.comparingLong(Flight::arrival).thenComparingInt(Flight::id));
    return sorted;
  }

  private static EntityLayout layout() {
    var columns = new ArrayList<WindowColumn>();
    for (long window : List.of(HOUR, 24 * HOUR, 168 * HOUR)) {
      columns.add(new WindowColumn(0, Aggregate.COUNT, window, MINUTE, 0, 0, 0));
      columns.add(new WindowColumn(1, Aggregate.SUM, window, MINUTE, 0, 0, 0));
    }
    long horizon = OUT_OF_ORDERNESS + ALLOWED_LATENESS;
    return new EntityLayout(
        MINUTE, horizon, List.of(InputType.PRESENCE, InputType.INTEGER), columns);
  }
}
