package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.HOUR;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.RunOutcome;
import dev.millrace.contract.RunReportResult;
import dev.millrace.contract.RunReportText;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.LabelLog;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.report.Reports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs after runs: what one leaves behind is what the next builds on. */
class RunsIT {
  private static final long FIRST = START + 15 * DAY;
  private static final long SECOND = START + 30 * DAY;

  @TempDir Path folder;
  private ShopWorld world;

  @BeforeEach
  void tenDaysOfOneSaleADay() throws Exception {
    world = new ShopWorld(folder, 1);
    var events = new ArrayList<ArchivedEvent>();
    for (long day = 0; day < 14; day++) {
      events.add(ShopEvents.event(day, 7L, "pen", "2.50", 1.5, true, START + day * DAY));
    }
    world.archive(events, FIRST);
  }

  private LabelLog.Entry alive(long ts) {
    return world.label(0, -1, true, ts);
  }

  private Reason reasonOf(Throwable failure) {
    return ((MillraceFailure) failure).reason();
  }

  @Test
  void aRerunChangesNothing() throws Exception {
    world.labels().append(List.of(world.label(0, 3, true, START + 5 * DAY), alive(FIRST - MINUTE)));
    world.run(FIRST);
    var before = world.digests();
    // News that the first attempt did not see makes no difference to the second.
    world.labels().append(List.of(world.label(0, 4, true, START + 6 * DAY)));

    var again = world.run(FIRST);

    assertThat(again.repeated()).isTrue();
    assertThat(world.digests()).isEqualTo(before);
  }

  @Test
  void aRerunAfterACrashBeforePublicationWritesTheSameBytes() throws Exception {
    world.labels().append(List.of(world.label(0, 3, true, START + 5 * DAY), alive(FIRST - MINUTE)));
    world.run(FIRST);
    var before = world.digests();
    try (var manifests = Files.list(world.trainingSet().resolve("manifests"))) {
      for (Path manifest : manifests.toList()) {
        Files.delete(manifest);
      }
    }
    Files.delete(world.trainingSet().resolve("latest.json"));
    world.labels().append(List.of(world.label(0, 4, true, START + 6 * DAY)));

    var again = world.run(FIRST);

    assertThat(again.repeated()).isFalse();
    assertThat(world.digests()).isEqualTo(before);
  }

  @Test
  void theNextRunWritesOnlyWhatHasMaturedSince() throws Exception {
    world
        .labels()
        .append(
            List.of(
                world.label(0, 3, true, START + 5 * DAY),
                world.label(0, 12, true, START + 14 * DAY),
                alive(FIRST - MINUTE)));

    var first = world.run(FIRST);

    // Mature: t0 + 7d + 1d <= label watermark = 15d − 1m, so days 0 to 6.
    assertThat(world.rows())
        .extracting(row -> row.getAs("anchor_id"))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(first.manifest().states().pending()).isEqualTo(7);
    assertThat(first.manifest().states().pendingPositives()).isEqualTo(1);
    assertThat(first.manifest().states().oldestPending()).isEqualTo(instant(START + 7 * DAY));
    assertThat(first.manifest().states().nextMaturity()).isEqualTo(instant(START + 15 * DAY));

    world.archive().clock(1, SECOND);
    world.labels().append(List.of(alive(SECOND - MINUTE)));
    world.labels().evict(0, 3); // the first run has archived them
    var second = world.run(SECOND);

    assertThat(second.manifest().rows()).isEqualTo(7);
    assertThat(second.manifest().positives()).isEqualTo(1);
    assertThat(second.manifest().states().finalised()).isEqualTo(14);
    assertThat(second.manifest().states().pending()).isZero();
    assertThat(world.rows()).extracting(row -> row.getAs("anchor_id")).doesNotHaveDuplicates();
    assertThat(Files.readString(world.trainingSet().resolve("latest.json")))
        .contains("2023-12-14T221400Z");
  }

  @Test
  void evictedLabelsFailTheRunAndAreNeverSkipped() throws Exception {
    world.labels().append(List.of(world.label(0, 3, true, START + 5 * DAY), alive(FIRST - MINUTE)));
    world.run(FIRST);
    world.labels().append(List.of(alive(FIRST), alive(FIRST + 1), alive(SECOND - MINUTE)));
    world.labels().evict(0, 4);

    assertThatThrownBy(() -> world.run(SECOND))
        .isInstanceOf(MillraceFailure.class)
        .satisfies(failure -> assertThat(reasonOf(failure)).isEqualTo(Reason.LABELS_LOST))
        .hasMessageStartingWith("MR/LabelsLost: partition 0 of label topic")
        .hasMessageContaining("begins at offset 4, offset 2 has not been read yet");
  }

  @Test
  void aSilentPartitionFinalisesNothing() throws Exception {
    world.labels().append(List.of(world.label(0, 3, true, START + 5 * DAY)));

    var outcome = world.run(FIRST);

    assertThat(outcome.manifest().rows()).isZero();
    assertThat(outcome.manifest().labels().silentPartitions()).containsExactly(0);
    assertThat(outcome.manifest().states().pending()).isEqualTo(14);
    assertThat(outcome.manifest().warnings())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("PartitionSilent: label partitions [0]");
  }

  @Test
  void anArchiveBehindFinalisesOnlyWhatItHolds() throws Exception {
    world.labels().append(List.of(alive(FIRST - MINUTE)));
    world.archive().clock(1, START + 2 * DAY);

    world.run(FIRST);

    assertThat(world.rows()).extracting(row -> row.getAs("anchor_id")).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aTopicWithoutLabelsFinalisesNothing() {
    assertThat(world.run(FIRST).manifest().rows()).isZero();
  }

  @Test
  void rejectedLabelsAreCountedAndKept() throws Exception {
    var broken = new LabelLog.Entry(0, FIRST - HOUR, "{\"id\":\"x\",");
    String future =
        "{\"id\":\"f\",\"row\":1,\"returned\":true,\"at\":%d}".formatted(FIRST + 900 * DAY);
    world
        .labels()
        .append(
            List.of(broken, new LabelLog.Entry(0, FIRST - HOUR, future), alive(FIRST - MINUTE)));

    var manifest = world.run(FIRST).manifest();

    assertThat(manifest.labels().partitions().get(0).records()).isEqualTo(3);
    assertThat(manifest.labels().partitions().get(0).rejected()).isEqualTo(2);
    assertThat(manifest.warnings()).anyMatch(warning -> warning.startsWith("2 label records"));
    assertThat(manifest.rows()).isEqualTo(7);
  }

  @Test
  void aReportTellsWhatStatusNeedsAndARepeatTellsTheSame() throws Exception {
    world.labels().append(List.of(world.label(0, 3, true, START + 5 * DAY), alive(FIRST - MINUTE)));

    var report = Reports.of(world.run(FIRST), "file:/x", 12);
    var repeat = Reports.of(world.run(FIRST), "file:/x", 12);

    assertThat(report.outcome()).isEqualTo(RunOutcome.PUBLISHED);
    assertThat(report.labels().delays()).isEqualTo(1);
    assertThat(report.labels().delayP50Millis()).isEqualTo(2 * DAY);
    assertThat(report.labels().positives()).isEqualTo(1);
    assertThat(report.rows()).isEqualTo(7);
    assertThat(report.publishedRuns()).isEqualTo(1);
    assertThat(repeat.repeated()).isTrue();
    assertThat(repeat.labels()).isEqualTo(report.labels());
    assertThat(RunReportResult.parse(RunReportText.of(report)))
        .isEqualTo(new RunReportResult.Read(report));
  }

  @Test
  void aRunWithoutMatureAnchorsSaysSoAndCountsAsNoPublishedRun() throws Exception {
    long early = START + DAY;
    world.labels().append(List.of(alive(early - MINUTE)));

    var report = Reports.of(world.run(early), "file:/x", 12);

    assertThat(report.outcome()).isEqualTo(RunOutcome.NOTHING_MATURE);
    assertThat(report.rows()).isZero();
    assertThat(report.publishedRuns()).isZero();
    assertThat(report.labels().pending()).isPositive();
    assertThat(report.labels().nextMaturity()).isNotNull();
  }

  private static String instant(long millis) {
    return java.time.Instant.ofEpochMilli(millis).toString();
  }
}
