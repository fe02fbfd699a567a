package dev.millrace.flink;

import static dev.millrace.flink.stack.TestDefinitions.entity;
import static dev.millrace.flink.stack.TestDefinitions.feature;
import static dev.millrace.flink.stack.TestDefinitions.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.TestDefinitions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The clock on quiet topics, on partitions that wake up, and from one version to the next. */
@ExtendWith(JobStack.Extension.class)
class ClockIT {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long IDLE_TIMEOUT = 1_500;

  @Test
  void expiresValuesWhenTrafficStopsAndRaisesEventsOfAWokenPartition(JobStack stack)
      throws Exception {
    try (var run = JobRun.create(stack, "quiet", definition(SECOND, "4s"), 2)) {
      run.rewire(TestDefinitions.withIdleTimeout(run.document().wiring(), IDLE_TIMEOUT));
      run.start(1);
      long then = System.currentTimeMillis();
      run.topics().send(0, then, event(1, then, "anna"));
      run.topics().flush();

      // Partition 1 never had an event; partition 0 falls silent: the wall clock takes over.
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(
              () -> {
                Map<String, String> row = run.online("person", "anna");
                assertThat(row).containsOnlyKeys("_asof");
                assertThat(Long.parseLong(row.get("_asof"))).isGreaterThanOrEqualTo(then + 4_000);
              });

      long now = System.currentTimeMillis();
      run.topics().send(1, now, event(2, now - 10 * MINUTE, "late"));
      run.topics().send(1, now, event(3, then, "bob"));
      run.topics().flush();
      var progress = run.awaitConsumed();

      assertThat(progress.accounting().late()).isEqualTo(1);
      assertThat(progress.accounting().raised()).isEqualTo(1);
      assertThat(progress.accounting().accepted()).isEqualTo(2);
      assertThat(progress.accounting().adds()).isTrue();
      assertThat(run.topics().read(run.topics().late())).hasSize(1);
      assertThat(run.archivedEvents())
          .filteredOn(row -> row.get("id").equals(3L))
          .singleElement()
          .satisfies(
              row -> assertThat((Long) row.get("_visible_from")).isGreaterThan(then + 4_000));
    }
  }

  @Test
  void handsReadersOverToTheNextVersionOnceItHasCaughtUp(JobStack stack) throws Exception {
    try (var first = JobRun.create(stack, "versions", definition(MINUTE, "5m"), 1)) {
      for (int i = 1; i <= 200; i++) {
        first.topics().send(0, i * MINUTE, event(i, i * MINUTE, "anna"));
      }
      first.topics().send(0, 200 * MINUTE, event(1_000, MINUTE, "too late"));
      first.topics().send(0, 200 * MINUTE, "not JSON");
      first.topics().flush();
      first.start(1);
      first.awaitConsumed();
      awaitClock(first, "1", 199);

      try (var second = first.nextVersion(definition(MINUTE, "10m"))) {
        second.start(1);
        second.awaitConsumed();
        awaitClock(first, "2", 199);

        var versions = second.offline().versions().versions();
        assertThat(versions.get(1).servedFrom()).isNotNull();
        assertThat(versions.get(2).servedFrom()).isEqualTo(199 * MINUTE);
        // The first horizon + allowedLateness of the log, 65 minutes, fills state only.
        assertThat(versions.get(2).firstOffsets()).isEqualTo(Map.of(0, 65L));
        assertThat(second.archivedEvents()).hasSize(200 - 65);
        assertThat(second.progress().accounting().accepted()).isEqualTo(200);
        assertThat(second.progress().accounting().late()).isEqualTo(1);
        assertThat(first.topics().read(first.topics().late())).hasSize(1);
        assertThat(first.topics().read(first.topics().dead())).hasSize(1);

        first.topics().send(0, 210 * MINUTE, event(300, 210 * MINUTE, "anna"));
        first.topics().flush();
        awaitClock(first, "2", 209);
      }
    }
  }

  private static void awaitClock(JobRun run, String version, long minute) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(run.clock())
                    .containsEntry("version", version)
                    .containsEntry("asof", Long.toString(minute * MINUTE)));
  }

  private static String event(long id, long ts, String name) {
    return "{\"id\":%d,\"ts\":%d,\"name\":\"%s\"}".formatted(id, ts, name);
  }

  private static Definition definition(long slideMillis, String window) {
    return TestDefinitions.definition(
        slideMillis,
        TestDefinitions.schema(
            slideMillis,
            field("id", ColumnType.LONG),
            field("ts", ColumnType.TIMESTAMP),
            field("name", ColumnType.STRING)),
        5 * MINUTE,
        60 * MINUTE,
        entity("person", "name", feature("n", Aggregation.COUNT, "", window)));
  }
}
