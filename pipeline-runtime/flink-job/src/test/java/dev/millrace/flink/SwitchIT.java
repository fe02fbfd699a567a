package dev.millrace.flink;

import static dev.millrace.flink.stack.TestDefinitions.entity;
import static dev.millrace.flink.stack.TestDefinitions.feature;
import static dev.millrace.flink.stack.TestDefinitions.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Feature;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.ProgressFile;
import dev.millrace.flink.stack.ClockHistory;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.TestDefinitions;
import dev.millrace.flink.stack.TestTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second version replays beside the first and takes over (semantics.md §4). */
@ExtendWith(JobStack.Extension.class)
class SwitchIT {
  private static final long MINUTE = 60_000;
  private static final long LATENESS = 5 * MINUTE;
  private static final long HORIZON = 60 * MINUTE;
  private static final Feature COUNT = feature("n", Aggregation.COUNT, "", "5m");
  private static final Feature SUM = feature("s", Aggregation.SUM, "amount", "10m");

  private final List<Long> accepted = new ArrayList<>();
  private final TreeSet<Long> late = new TreeSet<>();
  private final TreeSet<Long> dead = new TreeSet<>();
  private long offset;
  private long ts;

  @Test
  void replaysBesideTheOldVersionAndTakesOverOnce(JobStack stack) throws Exception {
    try (var old = JobRun.create(stack, "switch", definition(COUNT), 1);
        var next = old.nextVersion(definition(COUNT, SUM))) {
      old.start(1);
      sendMinutes(old, 3_000);
      awaitReport(old, report -> assertThat(report.servedVersion()).isEqualTo(1));
      old.awaitConsumed();
      try (var clock = new ClockHistory(old)) {
        next.start(1);
        awaitReport(next, report -> assertThat(report.servedVersion()).isEqualTo(2));
        sendMinutes(old, 100);
        awaitSwitch(old, next);
        sendMinutes(old, 100);
        old.awaitConsumed();
        next.awaitConsumed();
        assertTookOverOnce(clock, old, next);
      }
      assertWrittenOnce(old);
      old.stop();
      sendMinutes(old, 100);
      next.awaitConsumed();
      next.stop();
      assertWrittenOnce(next);
      assertSameRowsFrom(servedFrom(next, 2), old, next);
      assertArchivedOnce(old, next);
    }
  }

  @Test
  void writesWhatAVersionThatDiedLeftBehind(JobStack stack) throws Exception {
    try (var old = JobRun.create(stack, "switch-dead", definition(COUNT), 1);
        var next = old.nextVersion(definition(COUNT, SUM))) {
      old.start(1);
      sendMinutes(old, 200);
      old.awaitConsumed();
      awaitReport(old, report -> assertThat(report.servedVersion()).isEqualTo(1));
      old.stop();
      sendMinutes(old, 200);

      next.start(1);

      awaitReport(next, report -> assertThat(report.servedVersion()).isEqualTo(2));
      next.awaitConsumed();
      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertWrittenOnce(next));
    }
  }

  private static void assertTookOverOnce(ClockHistory clock, JobRun old, JobRun next)
      throws Exception {
    List<ClockHistory.Reading> readings = clock.readings();
    List<Integer> versions = readings.stream().map(ClockHistory.Reading::version).toList();
    assertThat(versions).isSorted().contains(1, 2);
    assertThat(readings.stream().map(ClockHistory.Reading::asOf).toList()).isSorted();
    long flip = readings.get(versions.indexOf(2)).asOf();
    assertThat(servedFrom(next, 1)).isNotNull().isLessThan(flip);
    assertThat(servedFrom(next, 2)).isBetween(readings.get(0).asOf(), flip);
    JobReport report = next.report();
    assertThat(report.startClock()).isLessThan(readings.get(0).asOf());
    assertThat(report.clock()).isEqualTo(report.servedClock());
    awaitReport(old, mine -> assertThat(mine.clock()).isEqualTo(report.clock()));
    assertThat(old.report().servedVersion()).isEqualTo(2);
  }

  /** Both versions have seen the switch: two more checkpoints of each. */
  private static void awaitSwitch(JobRun old, JobRun next) {
    awaitReport(old, report -> assertThat(report.servedVersion()).isEqualTo(2));
    for (JobRun run : List.of(old, next)) {
      long seen = run.awaitProgress(progress -> {}).checkpointId();
      run.awaitProgress(now -> assertThat(now.checkpointId()).isGreaterThan(seen + 3));
    }
  }

  private void assertWrittenOnce(JobRun run) {
    assertThat(offsets(run, run.topics().late())).containsExactlyElementsOf(late);
    assertThat(offsets(run, run.topics().dead())).containsExactlyElementsOf(dead);
  }

  private static List<Long> offsets(JobRun run, String topic) {
    return run.topics().read(topic).stream()
        .map(each -> Long.parseLong(TestTopics.header(each, "offset")))
        .sorted()
        .toList();
  }

  /** From the switch on the unchanged column is the same, at the same grid points. */
  private static void assertSameRowsFrom(long switched, JobRun old, JobRun next) throws Exception {
    ProgressFile end = old.progress();
    LongPredicate both = asOf -> asOf >= switched && asOf <= end.archiveClock();
    List<List<Object>> expected = counts(old, both);
    assertThat(expected).hasSizeGreaterThan(50);
    // The new column adds grid points at which the old one did not change.
    assertThat(counts(next, both)).containsAll(expected);
    assertThat(next.featureRows("person")).allSatisfy(row -> assertThat(row).containsKey("s_10m"));
  }

  private static List<List<Object>> counts(JobRun run, LongPredicate asOf) throws Exception {
    return run.featureRows("person").stream()
        .filter(row -> asOf.test((long) row.get("_asof")))
        .map(row -> List.of(row.get("name"), row.get("_asof"), row.get("n_5m")))
        .toList();
  }

  /** Read as semantics.md §6 says, every accepted event is there once. */
  private void assertArchivedOnce(JobRun old, JobRun next) throws Exception {
    long first = next.offline().versions().versions().get(2).firstOffsets().get(0);
    assertThat(first).isPositive();
    List<Long> mine = archived(next);
    assertThat(mine).allMatch(each -> each >= first);
    var read = new ArrayList<>(archived(old).stream().filter(each -> each < first).toList());
    read.addAll(mine);
    assertThat(read).containsExactlyInAnyOrderElementsOf(accepted);
  }

  private static List<Long> archived(JobRun run) throws Exception {
    return run.archivedEvents().stream().map(row -> (long) row.get("_offset")).toList();
  }

  private static Long servedFrom(JobRun run, int version) {
    return run.offline().versions().versions().get(version).servedFrom();
  }

  /** An event a minute; now and then one that is late, one that cannot be read, and a copy. */
  private void sendMinutes(JobRun run, int minutes) {
    for (int minute = 0; minute < minutes; minute++) {
      ts += MINUTE;
      String name = minute % 7 == 0 ? "bob" : "anna";
      accepted.add(send(run, event(ts / MINUTE, ts, name)));
      if (minute % 50 == 40) {
        late.add(send(run, event(1_000_000 + ts, ts - 30 * MINUTE, name)));
        dead.add(send(run, "{"));
        send(run, event(ts / MINUTE, ts, name));
      }
    }
    run.topics().flush();
  }

  private long send(JobRun run, String json) {
    run.topics().send(0, ts, json);
    return offset++;
  }

  private static void awaitReport(JobRun run, ThrowingConsumer<JobReport> assertion) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              JobReport report = run.report();
              assertThat(report).describedAs("report; " + run.lastFailure()).isNotNull();
              assertion.accept(report);
            });
  }

  private static String event(long id, long ts, String name) {
    return "{\"id\":%d,\"ts\":%d,\"name\":\"%s\",\"amount\":%d}".formatted(id, ts, name, id % 100);
  }

  private static Definition definition(Feature... features) {
    return TestDefinitions.definition(
        MINUTE,
        TestDefinitions.schema(
            MINUTE,
            field("id", ColumnType.LONG),
            field("ts", ColumnType.TIMESTAMP),
            field("name", ColumnType.STRING),
            field("amount", ColumnType.LONG)),
        LATENESS,
        HORIZON,
        entity("person", "name", features));
  }
}
