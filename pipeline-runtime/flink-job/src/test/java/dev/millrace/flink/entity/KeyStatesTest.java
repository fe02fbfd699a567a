package dev.millrace.flink.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.binding.EntityProgram;
import dev.millrace.binding.EventRecord;
import dev.millrace.binding.FeatureRow;
import dev.millrace.binding.RecordDecoder;
import dev.millrace.binding.RecordDecoders;
import dev.millrace.contract.Definition;
import dev.millrace.flink.oracle.ShopLog;
import dev.millrace.flink.oracle.ShopStream;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.KeyState;
import dev.millrace.testkit.JudgedRecord;
import dev.millrace.testkit.LogRecord;
import dev.millrace.testkit.NaiveLog;
import dev.millrace.testkit.NaiveWindows;
import dev.millrace.testkit.OracleEvent;
import dev.millrace.testkit.OracleVerdict;
import dev.millrace.testkit.StreamShape.Disorder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys that live outside the cache: with no budget every touch restores its key from its last
 * written bytes, which know nothing of the expiries since.
 */
class KeyStatesTest {
  private final Definition definition = ShopStream.definition();
  private final EntityProgram program = EntityProgram.compile(definition, "item", true);
  private final EventInputs inputs = new EventInputs(program.layout());
  private final EventRecord event = new EventRecord(definition.schema());
  private final RecordDecoder decoder = RecordDecoders.forSchema(definition.schema());
  private final FeatureRow row = new FeatureRow(program.columns());
  private final NaiveWindows windows = ShopStream.windows();
  private final TimingWheel wheel = new TimingWheel();
  private final Map<String, List<OracleEvent>> events = new HashMap<>();
  private final List<String> fired = new ArrayList<>();
  private MemoryStates memory;
  private KeyStates states;
  private long clock;

  @ParameterizedTest
  @ValueSource(longs = {0, 20_000, Long.MAX_VALUE})
  void firesTheOraclesRowsUnderAnyBudget(long budgetBytes) throws Exception {
    for (int run = 0; run < 20; run++) {
      run(ShopLog.seed("budget " + budgetBytes), budgetBytes, 400);
    }
  }

  /** Enough events per key that its state has a body beside its head. */
  @Test
  void firesTheOraclesRowsForDenseKeys() throws Exception {
    for (int run = 0; run < 4; run++) {
      run(ShopLog.seed("dense"), run % 2 == 0 ? 0 : Long.MAX_VALUE, 1_200);
    }
  }

  private void run(long seed, long budgetBytes, int length) throws Exception {
    memory = new MemoryStates();
    states = states(budgetBytes);
    events.clear();
    fired.clear();
    clock = Long.MIN_VALUE;
    var random = new Random(seed);
    var log = ShopLog.shop(ShopLog.generate(seed, length, Disorder.EVERYTHING));
    long[] progress = new long[ShopLog.PARTITIONS];
    Arrays.fill(progress, Long.MIN_VALUE);
    for (JudgedRecord judged : inRuns(new NaiveLog(ShopStream.RULES).judge(log), random)) {
      if (judged.isAccepted() && judged.record().keys().get(1) != null) {
        accept(judged);
      }
      move(progress, judged);
      fire(Arrays.stream(progress).min().orElseThrow(), seed);
      if (random.nextInt(20) == 0) {
        states.flush();
      }
      if (random.nextInt(200) == 0) {
        restart(budgetBytes);
      }
    }
    var expected = new ArrayList<String>();
    events.forEach(
        (key, all) ->
            windows.firedGridPoints(all, clock).forEach(t -> expected.add(key + "@" + t)));
    assertThat(fired).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** A checkpoint and a job that goes on from it: what was in the cache is read back. */
  private void restart(long budgetBytes) throws Exception {
    states.flush();
    states = states(budgetBytes);
  }

  private KeyStates states(long budgetBytes) {
    return new KeyStates(
        program.layout(), memory::select, memory.heads(), memory.parts(), budgetBytes);
  }

  /** As a consumer fetches: one partition far ahead, then another. */
  private static List<JudgedRecord> inRuns(List<JudgedRecord> log, Random random) {
    var runs = new ArrayList<JudgedRecord>();
    for (int from = 0; from < log.size(); ) {
      int to = Math.min(log.size(), from + 1 + random.nextInt(300));
      var run = new ArrayList<>(log.subList(from, to));
      run.sort(Comparator.comparingInt(judged -> judged.record().partition()));
      runs.addAll(run);
      from = to;
    }
    return runs;
  }

  private static void move(long[] progress, JudgedRecord judged) {
    if (judged.verdict() != OracleVerdict.UNDECODABLE
        && judged.verdict() != OracleVerdict.FROM_FUTURE) {
      LogRecord record = judged.record();
      long reached = Math.min(record.ts(), record.arrival());
      progress[record.partition()] = Math.max(progress[record.partition()], reached);
    }
  }

  private void accept(JudgedRecord judged) throws Exception {
    byte[] json = ShopStream.json(judged.record()).getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode(json, event)).isNull();
    event.visibleFrom = judged.visibleFrom();
    program.evaluate(event, inputs);
    String key = judged.record().keys().get(1);
    KeyState state = states.get(key, clock);
    assertThat(state.admit(inputs)).isTrue();
    state.add(inputs);
    events.computeIfAbsent(key, k -> new ArrayList<>()).add(judged.event());
    wheel.schedule(key, state.nextTouch());
    states.changed(key);
  }

  private void fire(long slowest, long seed) throws Exception {
    long exact = slowest - ShopStream.RULES.maxOutOfOrdernessMillis();
    long upTo = exact - Math.floorMod(exact, ShopStream.SLIDE);
    if (slowest == Long.MIN_VALUE || upTo <= clock) {
      return;
    }
    wheel.fire(
        upTo,
        (key, gridPoint) -> {
          KeyState state = states.get(key, gridPoint - ShopStream.SLIDE);
          if (state.advance(gridPoint)) {
            program.read(state, row);
            fired.add(key + "@" + gridPoint);
            compare(key, gridPoint, seed);
          }
          wheel.schedule(key, state.nextTouch());
          states.changed(key);
        });
    clock = upTo;
  }

  private void compare(String key, long gridPoint, long seed) {
    List<Object> expected = windows.row(events.get(key), gridPoint);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(value(i))
          .as("seed %d: %s of %s at %d", seed, program.columns().get(i).name(), key, gridPoint)
          .isEqualTo(expected.get(i));
    }
  }

  private Object value(int column) {
    if (row.isNull(column)) {
      return null;
    }
    return switch (program.columns().get(column).type().type()) {
      case STRING -> new String(row.text(column), StandardCharsets.UTF_8);
      case DOUBLE -> Double.longBitsToDouble(row.bits(column));
      default -> row.bits(column);
    };
  }
}
