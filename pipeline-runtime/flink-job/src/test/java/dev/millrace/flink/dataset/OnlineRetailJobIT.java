package dev.millrace.flink.dataset;

import static dev.millrace.flink.stack.TestDefinitions.entity;
import static dev.millrace.flink.stack.TestDefinitions.exact;
import static dev.millrace.flink.stack.TestDefinitions.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.TestDefinitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Windows over real sales lines with massive ties: columns nB and sB of the oracle file are our
 * half-open windows at T = ts with slide 1m (data README).
 */
@ExtendWith(JobStack.Extension.class)
class OnlineRetailJobIT {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final String[] WINDOWS = {"1h", "1d", "7d", "30d"};

  @Test
  void countsAndSumsSalesBeforeEachMinute(JobStack stack) throws Exception {
    var expected = new ArrayList<String[]>();
    SharedData.lines("online_retail/windows_dev.csv.gz", expected::add);
    var customers = new HashSet<String>();
    expected.forEach(line -> customers.add(line[0]));
    try (var run = JobRun.create(stack, "online-retail", definition(), 1)) {
      long[] sent = {0, 0};
      SharedData.lines(
          "online_retail/events.csv.gz",
          line -> {
            if (customers.contains(line[1])) {
              sent[0]++;
              sent[1] = Long.parseLong(line[2]) * SECOND;
              send(run, line[0], line[1], sent[1], line[6]);
            }
          });
      send(run, "-1", "-1", sent[1] + MINUTE, "0");
      run.topics().flush();
      run.start(2);
      var progress = run.awaitConsumed();
      run.stop();
      assertThat(progress.accounting().adds()).isTrue();
      assertThat(progress.accounting().accepted()).isEqualTo(sent[0] + 1);
      RowHistory history = RowHistory.read(run, "customer", "customer", columns());
      for (String[] line : expected) {
        long t = Long.parseLong(line[1]) * SECOND;
        assertThat(history.at(Long.parseLong(line[0]), t))
            .as(Arrays.toString(line))
            .isEqualTo(before(line));
      }
      System.out.printf(
          "online retail through the job: %d instants equal, %d events, %d rows%n",
          expected.size(), sent[0], history.rows());
    }
  }

  private static void send(JobRun run, String id, String customer, long ts, String amount) {
    String json =
        "{\"id\":%s,\"ts\":%d,\"customer\":%s,\"amount\":%s}".formatted(id, ts, customer, amount);
    run.topics().send(0, ts, json);
  }

  private static List<String> columns() {
    var columns = new ArrayList<String>();
    for (String window : WINDOWS) {
      columns.add("n_" + window);
      columns.add("s_" + window);
    }
    return columns;
  }

  private static long[] before(String[] line) {
    long[] values = new long[2 * WINDOWS.length];
    for (int w = 0; w < WINDOWS.length; w++) {
      values[2 * w] = Long.parseLong(line[2 + 4 * w + 2]);
      values[2 * w + 1] = Long.parseLong(line[2 + 4 * w + 3]);
    }
    return values;
  }

  private static Definition definition() {
    return TestDefinitions.definition(
        MINUTE,
        TestDefinitions.schema(
            0,
            field("id", ColumnType.LONG),
            field("ts", ColumnType.TIMESTAMP),
            field("customer", ColumnType.LONG),
            field("amount", ColumnType.LONG)),
        60 * MINUTE,
        24 * 60 * MINUTE,
        entity(
            "customer",
            "customer",
            exact("n", Aggregation.COUNT, "", 0, WINDOWS),
            exact("s", Aggregation.SUM, "amount", 0, WINDOWS)));
  }
}
