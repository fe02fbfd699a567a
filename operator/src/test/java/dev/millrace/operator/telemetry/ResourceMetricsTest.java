package dev.millrace.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.JobReport;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceMetricsTest {
  private static final String PIPELINE = "namespace=\"fraud\",pipeline=\"card-fraud\"";
  private static final String WINDOW = "labelwindow=\"chargeback-45d\",namespace=\"fraud\"";
  private static final String RESOURCE =
      "kind=\"FeaturePipeline\",name=\"card-fraud\",namespace=\"fraud\"";

  /** Conditions, versions, plan, two replays, interval; then job figures. Rounded up. */
  private static final int MOST_SERIES_OF_A_PIPELINE = 40;

  private final SettableClock clock = new SettableClock();
  private final OperatorMetrics process = new OperatorMetrics("test");
  private final ResourceMetrics metrics = new ResourceMetrics(process, clock);

  @Test
  void statusBecomesGauges() {
    metrics.statusWritten(TestResources.pipeline("card-fraud"));

    Scrape scrape = scrape();
    assertThat(scrape.value("millrace_resource_condition", RESOURCE + ",type=\"Ready\"")).isZero();
    assertThat(scrape.value("millrace_resource_condition", RESOURCE + ",type=\"SpecValid\""))
        .isEqualTo(1);
    assertThat(scrape.value("millrace_resource_condition", RESOURCE + ",type=\"Fresh\""))
        .isEqualTo(-1);
    assertThat(scrape.value("millrace_plan_pending", "class=\"NewVersion\"," + RESOURCE))
        .isEqualTo(1);
    assertThat(scrape.value("millrace_replay_progress_ratio", RESOURCE + ",version=\"4\""))
        .isEqualTo(0.6);
    assertThat(
            scrape.value(
                "millrace_resource_info",
                "definition=\"3f9c2a71\"," + RESOURCE + ",served_version=\"3\",version=\"4\""))
        .isEqualTo(1);
  }

  @Test
  void aConditionThatIsGoneHasNoSeries() {
    FeaturePipeline pipeline = TestResources.pipeline("card-fraud");
    pipeline
        .getStatus()
        .getConditions()
        .add(new ConditionBuilder().withType("Stalled").withStatus("True").build());
    metrics.statusWritten(pipeline);
    assertThat(scrape().seriesWith("Stalled")).isEqualTo(1);

    metrics.statusWritten(TestResources.pipeline("card-fraud"));

    assertThat(scrape().seriesWith("Stalled")).isZero();
  }

  @Test
  void jobFiguresAreOfTheTimeTheyWereReadAndDoNotOutliveIt() {
    FeaturePipeline pipeline = TestResources.pipeline("card-fraud");
    Instant now = clock.instant();
    metrics.jobRead(
        pipeline,
        TestResources.report(3, 100, now.minusSeconds(40)),
        Optional.of(now.minusSeconds(20)));
    clock.step(Duration.ofSeconds(30));

    Scrape scrape = scrape();
    assertThat(scrape.value("millrace_freshness_seconds", PIPELINE)).isEqualTo(40);
    assertThat(scrape.value("millrace_freshness_target_seconds", PIPELINE)).isEqualTo(90);
    assertThat(scrape.value("millrace_checkpoint_age_seconds", PIPELINE)).isEqualTo(50);
    assertThat(scrape.value("millrace_stream_events_total", PIPELINE + ",verdict=\"late\""))
        .isEqualTo(2);

    clock.step(Duration.ofMinutes(5));
    assertThat(scrape().seriesWith("millrace_freshness")).isZero();
    assertThat(scrape().seriesWith("millrace_checkpoint_age")).isZero();
    assertThat(scrape().seriesWith("millrace_stream_events")).isEqualTo(5);
  }

  @Test
  void aLookBetweenTwoReadsDoesNotMakeAnOldReadYoung() {
    FeaturePipeline pipeline = TestResources.pipeline("card-fraud");
    Instant now = clock.instant();
    var report = TestResources.report(3, 100, now.minusSeconds(40));
    metrics.jobRead(pipeline, report, Optional.of(now));
    clock.step(Duration.ofSeconds(50));
    metrics.jobRead(pipeline, report, Optional.of(now));
    assertThat(scrape().value("millrace_freshness_seconds", PIPELINE)).isEqualTo(40);

    metrics.jobRead(pipeline, TestResources.report(3, 100, now.minusSeconds(40)), Optional.of(now));
    assertThat(scrape().value("millrace_freshness_seconds", PIPELINE)).isEqualTo(90);
  }

  @Test
  void anIdleSourceMayBeOlder() {
    Instant now = clock.instant();
    var idle =
        TestResources.report(3, 100, now)
            .withCheckpoint(8, TestResources.report(3, 100, now).accounting(), true);

    metrics.jobRead(TestResources.pipeline("card-fraud"), idle, Optional.empty());

    assertThat(scrape().value("millrace_freshness_target_seconds", PIPELINE)).isEqualTo(150);
  }

  @Test
  void countersNeverFallWhenReadersSwitchToAnotherJob() {
    assertThat(inAfter(3, 100)).isEqualTo(100);
    assertThat(inAfter(3, 130)).isEqualTo(130);
    assertThat(inAfter(4, 5_000)).as("a new version starts with its replay").isEqualTo(130);
    assertThat(inAfter(4, 5_020)).isEqualTo(150);
    assertThat(inAfter(4, 5_010)).as("from an older checkpoint").isEqualTo(150);
    assertThat(inAfter(4, 5_025)).isEqualTo(165);
  }

  @Test
  void nullsOfAFieldNeverFallEither() {
    assertThat(nullsAfter(3, 100, Map.of("amount", 7L))).isEqualTo(7);
    assertThat(nullsAfter(3, 130, Map.of("amount", 9L, "country", 2L))).isEqualTo(9);
    assertThat(nullsAfter(4, 5_000, Map.of("amount", 400L))).as("a new version").isEqualTo(9);
    assertThat(nullsAfter(4, 5_020, Map.of("amount", 403L))).isEqualTo(12);
    assertThat(nullsAfter(4, 5_010, Map.of("amount", 401L))).as("an older one").isEqualTo(12);
    assertThat(scrape().seriesWith("millrace_stream_nulls")).isEqualTo(1);
  }

  private double nullsAfter(int version, long in, Map<String, Long> nulls) {
    var report = TestResources.report(version, in, clock.instant()).withNulls(nulls);
    metrics.jobRead(TestResources.pipeline("card-fraud"), report, Optional.empty());
    return scrape()
        .value(
            "millrace_stream_nulls_total",
            "field=\"amount\",namespace=\"fraud\",pipeline=\"card-fraud\"");
  }

  @Test
  void theServingDelayIsShownWhileTheJobIsRead() {
    var report =
        TestResources.report(3, 100, clock.instant())
            .withServingDelay(new JobReport.ServingDelay(2_000, 2_300, 4_500));
    metrics.jobRead(TestResources.pipeline("card-fraud"), report, Optional.empty());
    assertThat(scrape().value("millrace_serving_delay_seconds", PIPELINE + ",quantile=\"0.95\""))
        .isEqualTo(2.3);
    clock.step(Duration.ofMinutes(6));
    assertThat(scrape().seriesWith("millrace_serving_delay")).isZero();
  }

  @Test
  void labelsAndTheLastRunBecomeGauges() {
    metrics.statusWritten(
        TestResources.labelWindow("2026-11-22T02:15:00Z", "Refused", "2026-11-23T02:15:00Z"));

    Scrape scrape = scrape();
    assertThat(scrape.value("millrace_labels", WINDOW + ",state=\"pending\"")).isEqualTo(18_342);
    assertThat(scrape.value("millrace_label_delay_seconds", WINDOW + ",quantile=\"0.99\""))
        .isEqualTo(52 * 86_400);
    assertThat(scrape.value("millrace_label_delay_limit_seconds", WINDOW)).isEqualTo(48 * 86_400);
    assertThat(scrape.value("millrace_labels_oldest_pending_timestamp_seconds", WINDOW))
        .isEqualTo(Instant.parse("2026-10-05T00:00:00Z").getEpochSecond());
    assertThat(scrape.value("millrace_gate_failures", "check=\"NullRate\"," + WINDOW)).isEqualTo(1);
    assertThat(scrape.value("millrace_gate_failures", "check=\"Drift\"," + WINDOW)).isZero();
    assertThat(scrape.value("millrace_extract_rows", WINDOW)).isEqualTo(48_210);
    assertThat(scrape.value("millrace_consistency_mismatches", WINDOW)).isEqualTo(3);
    assertThat(scrape.value("millrace_extract_overdue_seconds", WINDOW)).isZero();
  }

  @Test
  void aRunIsOverdueUntilOneWithItsInstantEnds() {
    metrics.statusWritten(
        TestResources.labelWindow("2026-11-21T02:15:00Z", "Published", "2026-11-22T02:15:00Z"));
    clock.set("2026-11-22T05:15:00Z");
    // The schedule goes on, the run of the 22nd never came.
    metrics.statusWritten(
        TestResources.labelWindow("2026-11-21T02:15:00Z", "Published", "2026-11-23T02:15:00Z"));
    assertThat(scrape().value("millrace_extract_overdue_seconds", WINDOW)).isEqualTo(3 * 3600);

    metrics.statusWritten(
        TestResources.labelWindow("2026-11-22T02:15:00Z", "Published", "2026-11-23T02:15:00Z"));
    assertThat(scrape().value("millrace_extract_overdue_seconds", WINDOW)).isZero();
  }

  @Test
  void aRunIsCountedOnceAndNotIfItEndedBeforeOurStart() {
    var first =
        TestResources.labelWindow("2026-11-21T02:15:00Z", "Published", "2026-11-22T02:15:00Z");
    var second =
        TestResources.labelWindow("2026-11-22T02:15:00Z", "Failed", "2026-11-23T02:15:00Z");
    metrics.statusWritten(first);
    metrics.statusWritten(second);
    metrics.statusWritten(second);

    Scrape scrape = scrape();
    assertThat(scrape.value("millrace_extract_runs_total", WINDOW + ",outcome=\"Failed\""))
        .isEqualTo(1);
    assertThat(scrape.seriesWith("millrace_extract_runs_total")).isEqualTo(1);
  }

  @Test
  void aRemovedResourceLeavesNothing() {
    int before = scrape().samples().size();
    metrics.statusWritten(TestResources.pipeline("card-fraud"));
    metrics.jobRead(
        TestResources.pipeline("card-fraud"),
        TestResources.report(3, 100, clock.instant()),
        Optional.of(clock.instant()));
    metrics.statusWritten(
        TestResources.labelWindow("2026-11-21T02:15:00Z", "Published", "2026-11-22T02:15:00Z"));
    assertThat(scrape().samples().size()).isGreaterThan(before + 20);

    metrics.removed("FeaturePipeline", "fraud", "card-fraud");
    metrics.removed("LabelWindow", "fraud", "chargeback-45d");

    assertThat(scrape().samples()).hasSize(before);
  }

  @Test
  void aResourceHasABoundedNumberOfSeriesWhateverItsStatusSays() {
    FeaturePipeline pipeline = TestResources.pipeline("card-fraud");
    pipeline
        .getStatus()
        .getConditions()
        .addAll(
            Collections.nCopies(
                1000, new ConditionBuilder().withType("Made-up").withStatus("True").build()));
    metrics.statusWritten(pipeline);
    metrics.jobRead(
        pipeline, TestResources.report(3, 100, clock.instant()), Optional.of(clock.instant()));

    assertThat(scrape().seriesWith("card-fraud")).isBetween(15L, (long) MOST_SERIES_OF_A_PIPELINE);
  }

  private double inAfter(int version, long in) {
    metrics.jobRead(
        TestResources.pipeline("card-fraud"),
        TestResources.report(version, in, clock.instant()),
        Optional.empty());
    return scrape().value("millrace_stream_events_total", PIPELINE + ",verdict=\"in\"");
  }

  private Scrape scrape() {
    return Scrape.of(process.scrape());
  }

  /** A clock that moves when told to. */
  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2026-11-22T00:00:00Z");

    void step(Duration duration) {
      now = now.plus(duration);
    }

    void set(String instant) {
      now = Instant.parse(instant);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
