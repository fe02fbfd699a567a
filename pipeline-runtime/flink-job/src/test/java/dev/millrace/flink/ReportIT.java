package dev.millrace.flink;

import static dev.millrace.flink.stack.TestDefinitions.entity;
import static dev.millrace.flink.stack.TestDefinitions.feature;
import static dev.millrace.flink.stack.TestDefinitions.field;
import static dev.millrace.flink.stack.TestDefinitions.nullable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.JobReport;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.TestDefinitions;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the operator reads of a running job over REST, and that restarts do not change it. */
@ExtendWith(JobStack.Extension.class)
class ReportIT {
  private static final long MINUTE = 60_000;

  @Test
  void reportsClockAndAccountingWhileItRunsAndOverRestarts(JobStack stack) throws Exception {
    try (var run = JobRun.create(stack, "report", definition(), 1)) {
      run.start(1);
      awaitReport(run, report -> assertThat(report.version()).isEqualTo(1));
      assertThat(run.report().clock()).isNull();

      run.topics().send(0, MINUTE, "{\"id\":1,\"ts\":60000,\"name\":\"anna\",\"country\":\"NL\"}");
      send(run, 2, 3 * MINUTE);
      send(run, 2, 3 * MINUTE);
      send(run, 3, 20 * MINUTE);
      run.topics().send(0, 20 * MINUTE, "{");
      run.topics().flush();
      var counts = new Accounting(5, 3, 1, 0, 1, 0, 4, 4);
      var nulls = Map.of("country", 3L); // the duplicate's too
      awaitReport(run, report -> assertThat(report.accounting()).isEqualTo(counts));
      awaitReport(run, report -> assertThat(report.clock()).isEqualTo(19 * MINUTE));
      JobReport first = run.report();
      assertThat(first.startClock()).isBetween(0L, 19 * MINUTE);
      assertThat(first.servedVersion()).isEqualTo(1);
      assertThat(first.servedClock()).isEqualTo(19 * MINUTE);
      assertThat(first.checkpointId()).isPositive();
      assertThat(first.sourceIdle()).isFalse();
      assertThat(first.nulls()).isEqualTo(nulls);
      assertThat(first.servingDelay()).describedAs("these events are of 1970").isNull();
      assertThat(first.durable()).describedAs("this Redis has no WAITAOF").isFalse();

      stack.replaceTaskManager();
      awaitReport(
          run,
          report -> {
            assertThat(report.checkpointId()).isGreaterThan(first.checkpointId() + 2);
            assertThat(report.accounting()).isEqualTo(counts);
            assertThat(report.nulls()).isEqualTo(nulls);
            assertThat(report.startClock()).isEqualTo(first.startClock());
            assertThat(report.clock()).isEqualTo(first.clock());
          });

      run.stop();
      run.start(2);
      awaitReport(
          run,
          report -> {
            assertThat(report.accounting()).isEqualTo(counts);
            assertThat(report.nulls()).isEqualTo(nulls);
            assertThat(report.clock()).isEqualTo(first.clock());
            assertThat(report.startClock()).isEqualTo(first.startClock());
          });
    }
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

  private static void send(JobRun run, long id, long ts) {
    String json = "{\"id\":%d,\"ts\":%d,\"name\":\"anna\"}".formatted(id, ts);
    run.topics().send(0, ts, json);
  }

  private static Definition definition() {
    return TestDefinitions.definition(
        MINUTE,
        TestDefinitions.schema(
            MINUTE,
            field("id", ColumnType.LONG),
            field("ts", ColumnType.TIMESTAMP),
            field("name", ColumnType.STRING),
            nullable("country", ColumnType.STRING)),
        5 * MINUTE,
        60 * MINUTE,
        entity("person", "name", feature("n", Aggregation.COUNT, "", "5m")));
  }
}
