package dev.millrace.testkit;

import static dev.millrace.testkit.OracleVerdict.ACCEPTED;
import static dev.millrace.testkit.OracleVerdict.DUPLICATE;
import static dev.millrace.testkit.OracleVerdict.FROM_FUTURE;
import static dev.millrace.testkit.OracleVerdict.LATE;
import static dev.millrace.testkit.OracleVerdict.UNDECODABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.StreamShape.Disorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The oracle of verdicts, against cases worked out by hand. */
class NaiveLogTest {
  private static final long NOON = 1_700_000_000_000L - 1_700_000_000_000L % LogRules.HOUR;

  private final LogRules rules = LogRules.defaults(1_000);
  private final List<LogRecord> log = new ArrayList<>();

  @Test
  void oneBadClockMakesNobodyLate() {
    write(NOON, NOON, 1, "a");
    write(NOON + 10 * LogRules.HOUR, NOON, 2, "a");
    write(NOON - LogRules.MINUTE, NOON, 3, "a");

    assertThat(verdicts()).containsExactly(ACCEPTED, FROM_FUTURE, ACCEPTED);
  }

  @Test
  void theFutureMayBeAsNearAsTheSkewAndMovesProgressOnlyToItsArrival() {
    write(NOON + 5 * LogRules.MINUTE, NOON, 1, "a");
    write(NOON + 5 * LogRules.MINUTE + 1, NOON, 2, "a");
    write(NOON - 10_000, NOON, 3, "a");

    assertThat(verdicts()).containsExactly(ACCEPTED, FROM_FUTURE, ACCEPTED);
    assertThat(judged().get(2).visibleFrom()).isEqualTo(NOON - 9_000);
  }

  @Test
  void latenessCountsFromProgressOfThePartition() {
    write(NOON, NOON, 1, "a");
    write(NOON - 10_000 - LogRules.HOUR, NOON, 2, "a");
    write(NOON - 10_001 - LogRules.HOUR, NOON, 3, "a");

    assertThat(verdicts()).containsExactly(ACCEPTED, ACCEPTED, LATE);
    assertThat(judged().get(1).visibleFrom()).isEqualTo(NOON - 9_000);
  }

  @Test
  void idsAreSeenByHourWithinTheHorizon() {
    write(NOON, NOON + 25 * LogRules.HOUR, 1, "a");
    write(NOON + 24 * LogRules.HOUR + 1, NOON + 25 * LogRules.HOUR, 1, "a");
    write(NOON + 25 * LogRules.HOUR, NOON + 25 * LogRules.HOUR, 1, "a");
    write(NOON + 25 * LogRules.HOUR, NOON + 25 * LogRules.HOUR, 1, "b");

    assertThat(verdicts()).containsExactly(ACCEPTED, DUPLICATE, ACCEPTED, ACCEPTED);
  }

  @Test
  void whatHasNoIdNoTimeOrNoKeyIsUndecodable() {
    write(null, NOON, 1, "a");
    write(-1L, NOON, 2, "a");
    write(253_402_300_800_000L, NOON, 3, "a");
    log.add(new LogRecord(0, 9, NOON, NOON, null, List.of("a"), List.of()));
    log.add(new LogRecord(0, 10, NOON, NOON, EventId.of(4), Arrays.asList(null, null), List.of()));
    log.add(new LogRecord(0, 11, NOON, NOON, EventId.of(4), Arrays.asList(null, "x"), List.of()));

    assertThat(verdicts())
        .containsExactly(UNDECODABLE, UNDECODABLE, UNDECODABLE, UNDECODABLE, UNDECODABLE, ACCEPTED);
  }

  @Test
  void generatedStreamsHaveEveryVerdictAndKeepTheirPromises() {
    var found = new EnumMap<OracleVerdict, Integer>(OracleVerdict.class);
    for (long seed = 1; seed <= 20; seed++) {
      var shape =
          new StreamShape(
              300, 5, 3, NOON, 20_000, LogRules.DAY, true, Disorder.EVERYTHING, List.of());
      List<LogRecord> records = EventStreams.generate(seed, shape, rules);
      assertThat(EventStreams.generate(seed, shape, rules)).isEqualTo(records);
      Map<String, Integer> partitions = new HashMap<>();
      for (LogRecord record : records) {
        Integer other = partitions.putIfAbsent(record.keys().get(0), record.partition());
        assertThat(other == null || other == record.partition()).as("seed %d", seed).isTrue();
      }
      for (JudgedRecord judged : new NaiveLog(rules).judge(records)) {
        found.merge(judged.verdict(), 1, Integer::sum);
      }
    }
    assertThat(found).containsOnlyKeys(OracleVerdict.values());
    assertThat(found.values()).allSatisfy(count -> assertThat(count).isGreaterThan(50));
  }

  @Test
  void interleavingsOfPartitionsKeepEveryVerdict() {
    for (long seed = 1; seed <= 20; seed++) {
      var shape =
          new StreamShape(
              200, 5, 3, NOON, 20_000, LogRules.DAY, false, Disorder.EVERYTHING, List.of());
      List<LogRecord> records = EventStreams.generate(seed, shape, rules);
      List<JudgedRecord> other =
          new NaiveLog(rules).judge(Interleavings.ofPartitions(records, seed));
      assertThat(other)
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(new NaiveLog(rules).judge(records));
    }
  }

  @Test
  void otherOrdersWithinOutOfOrdernessKeepEveryVisibility() {
    for (long seed = 1; seed <= 20; seed++) {
      var shape =
          new StreamShape(
              200, 5, 3, NOON, 2_000, LogRules.DAY, false, Disorder.TOLERATED, List.of());
      List<LogRecord> records = EventStreams.generate(seed, shape, rules);
      List<LogRecord> other = Interleavings.withinOutOfOrderness(records, rules, seed);
      assertThat(other).isNotEqualTo(records);
      assertThat(accepted(other))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(accepted(records))
          .hasSize(records.size());
    }
  }

  private List<OracleEvent> accepted(List<LogRecord> records) {
    return new NaiveLog(rules)
        .judge(records).stream().filter(JudgedRecord::isAccepted).map(JudgedRecord::event).toList();
  }

  private void write(Long ts, long arrival, long id, String key) {
    log.add(new LogRecord(0, log.size(), arrival, ts, EventId.of(id), List.of(key), List.of()));
  }

  private List<JudgedRecord> judged() {
    return new NaiveLog(rules).judge(log);
  }

  private List<OracleVerdict> verdicts() {
    return judged().stream().map(JudgedRecord::verdict).toList();
  }
}
