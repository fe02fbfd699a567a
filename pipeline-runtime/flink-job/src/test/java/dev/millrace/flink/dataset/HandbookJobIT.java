package dev.millrace.flink.dataset;

import static dev.millrace.flink.stack.TestDefinitions.entity;
import static dev.millrace.flink.stack.TestDefinitions.exact;
import static dev.millrace.flink.stack.TestDefinitions.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.TestDefinitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The published card features of the fraud detection handbook, every value of both slices: the
 * window {@code (t − w, t]} of its customers is ours at T = t + 1s with slide 1s; its terminals
 * need offset 7d (data README).
 */
@ExtendWith(JobStack.Extension.class)
class HandbookJobIT {
  private static final long SECOND = 1_000;
  private static final long DAY = 86_400 * SECOND;
  private static final int CUSTOMER = 2;
  private static final int TERMINAL = 3;

  @Test
  void publishesTheHandbooksCustomerFeatures(JobStack stack) throws Exception {
    Entity customer =
        entity(
            "customer",
            "customer",
            exact("n", Aggregation.COUNT, "", 0, "1d", "7d", "30d"),
            exact("cents", Aggregation.SUM, "amount", 0, "1d", "7d", "30d"));
    List<String[]> slice = slice("customers");
    try (var run = JobRun.create(stack, "handbook-customers", definition(customer), 1)) {
      RowHistory history = runOver(run, slice, "customer", "n", "cents");
      int ties = 0;
      for (String[] line : slice) {
        long t = Long.parseLong(line[1]) * SECOND + SECOND;
        long key = Long.parseLong(line[CUSTOMER]);
        assertThat(history.firedAt(key, t)).isTrue();
        if (line[13].equals("1")) {
          ties++;
        } else {
          assertThat(history.at(key, t)).as(Arrays.toString(line)).isEqualTo(published(line));
        }
      }
      report("customers", slice.size(), ties, history);
      // Same-second pairs: the publisher's order within the second is not ours to know.
      assertThat(ties).isLessThanOrEqualTo(58);
    }
  }

  @Test
  void publishesTheHandbooksTerminalRisk(JobStack stack) throws Exception {
    Entity terminal =
        entity(
            "terminal",
            "terminal",
            exact("n", Aggregation.COUNT, "", 7 * DAY, "1d", "7d", "30d"),
            exact("frauds", Aggregation.SUM, "fraud", 7 * DAY, "1d", "7d", "30d"));
    List<String[]> slice = slice("terminals");
    try (var run = JobRun.create(stack, "handbook-terminals", definition(terminal), 1)) {
      RowHistory history = runOver(run, slice, "terminal", "n", "frauds");
      for (String[] line : slice) {
        long t = Long.parseLong(line[1]) * SECOND + SECOND;
        assertThat(history.at(Long.parseLong(line[TERMINAL]), t))
            .as(Arrays.toString(line))
            .isEqualTo(published(line));
      }
      report("terminals", slice.size(), 0, history);
    }
  }

  private static RowHistory runOver(
      JobRun run, List<String[]> slice, String entity, String count, String sum) throws Exception {
    for (String[] line : slice) {
      send(run, line[0], Long.parseLong(line[1]) * SECOND, line);
    }
    String[] last = slice.get(slice.size() - 1);
    String[] beyond = {"-1", "", "-1", "-1", "0", "0"};
    send(run, "-1", Long.parseLong(last[1]) * SECOND + 2 * SECOND, beyond);
    run.topics().flush();
    run.start(2);
    var progress = run.awaitConsumed();
    run.stop();
    assertThat(progress.accounting().adds()).isTrue();
    assertThat(progress.accounting().accepted()).isEqualTo(slice.size() + 1);
    var columns = new ArrayList<String>();
    for (String window : List.of("1d", "7d", "30d")) {
      columns.add(count + "_" + window);
      columns.add(sum + "_" + window);
    }
    RowHistory history = RowHistory.read(run, entity, entity, columns);
    assertThat(history.rows()).isEqualTo(progress.accounting().rowsFired());
    return history;
  }

  private static void send(JobRun run, String id, long ts, String[] line) {
    long cents = Long.parseLong(line[4]);
    String json =
        "{\"id\":%s,\"ts\":%d,\"customer\":%s,\"terminal\":%s,\"amount\":%d.%02d,\"fraud\":%s}"
            .formatted(id, ts, line[CUSTOMER], line[TERMINAL], cents / 100, cents % 100, line[5]);
    run.topics().send(0, ts, json);
  }

  private static long[] published(String[] line) {
    long[] values = new long[6];
    for (int i = 0; i < values.length; i++) {
      values[i] = Long.parseLong(line[7 + i]);
    }
    return values;
  }

  private static void report(String what, int events, int ties, RowHistory history) {
    System.out.printf(
        "handbook %s through the job: %d events equal, %d of them in ties apart, %d rows%n",
        what, events - ties, ties, history.rows());
  }

  private static List<String[]> slice(String name) throws Exception {
    var slice = new ArrayList<String[]>();
    SharedData.lines("handbook/slice_" + name + "_mod20_dev.csv.gz", slice::add);
    return slice;
  }

  private static Definition definition(Entity entity) {
    return TestDefinitions.definition(
        SECOND,
        TestDefinitions.schema(
            0,
            field("id", ColumnType.LONG),
            field("ts", ColumnType.TIMESTAMP),
            field("customer", ColumnType.LONG),
            field("terminal", ColumnType.LONG),
            field("amount", ColumnType.decimal(2)),
            field("fraud", ColumnType.LONG)),
        3_600 * SECOND,
        DAY,
        entity);
  }
}
