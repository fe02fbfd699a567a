package dev.millrace.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.api.monitoring.Metrics.ControllerExecution;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What is scraped is what is documented: names, types and labels, nothing less and nothing more.
 */
class ScrapeEqualsMetricNamesTest {
  private static final Set<String> PARTS_OF_HISTOGRAMS =
      Set.of("_bucket", "_count", "_sum", "_max");

  private final OperatorMetrics process = new OperatorMetrics("1.2.3");
  private final ResourceMetrics resources = new ResourceMetrics(process, Clock.systemUTC());

  @Test
  void everyMetricIsScrapedWithItsTypeAndLabels() throws Exception {
    Scrape scrape = everything();

    for (MetricName metric : MetricName.values()) {
      assertThat(scrape.types())
          .as(metric.text())
          .containsEntry(metric.text(), metric.type().text());
      String series = metric.text() + (metric.type() == MetricType.HISTOGRAM ? "_count" : "");
      assertThat(scrape.labels().get(series))
          .as(metric.text())
          .isEqualTo(new TreeSet<>(metric.labels()));
    }
  }

  @Test
  void nothingElseIsScraped() throws Exception {
    var documented = new TreeSet<String>();
    for (MetricName metric : MetricName.values()) {
      documented.add(metric.text());
      if (metric.type() == MetricType.HISTOGRAM) {
        PARTS_OF_HISTOGRAMS.forEach(part -> documented.add(metric.text() + part));
      }
    }

    assertThat(documented).containsAll(everything().labels().keySet());
  }

  @Test
  void aPassThatThrowsIsAFailure() {
    var failure = new IllegalStateException("refused");

    try {
      process.timeControllerExecution(pass("featurepipeline", failure));
    } catch (Exception e) {
      assertThat(e).isSameAs(failure);
    }

    assertThat(
            Scrape.of(process.scrape())
                .value(
                    "millrace_reconcile_duration_seconds_count",
                    "controller=\"featurepipeline\",outcome=\"failure\""))
        .isEqualTo(1);
  }

  private Scrape everything() throws Exception {
    process.childWritten("KafkaTopic", "create");
    process.fieldTakenBack("ConfigMap");
    process.eventFailed();
    process.crdMissing("featurepipelines.millrace.dev", false);
    process.crdOutdated("featurepipelines.millrace.dev", true);
    process.leader(true);
    process.timeControllerExecution(pass("featurepipeline", null));
    var requests = (KubeRequests) process.requestCounter();
    var watch = URI.create("https://api/api/v1/configmaps?watch=true");
    requests.count("GET", watch, "0");
    requests.opened("GET", watch);
    requests.opened("GET", watch);
    var pipeline = TestResources.pipeline("card-fraud");
    resources.statusWritten(pipeline);
    resources.jobRead(
        pipeline,
        TestResources.report(3, 100, Clock.systemUTC().instant()),
        Optional.of(Clock.systemUTC().instant()));
    resources.statusWritten(
        TestResources.labelWindow("2026-11-21T02:15:00Z", "Published", "2026-11-22T02:15:00Z"));
    resources.statusWritten(
        TestResources.labelWindow("2026-11-22T02:15:00Z", "Refused", "2026-11-23T02:15:00Z"));
    return Scrape.of(process.scrape());
  }

  private static ControllerExecution<String> pass(String controller, RuntimeException failure) {
    return new ControllerExecution<>() {
      @Override
      public String name() {
        return "reconcile";
      }

      @Override
      public String controllerName() {
        return controller;
      }

      @Override
      public String successTypeName(String result) {
        return result;
      }

      @Override
      public ResourceID resourceID() {
        return new ResourceID("card-fraud", "fraud");
      }

      @Override
      public Map<String, Object> metadata() {
        return Map.of();
      }

      @Override
      public String execute() {
        if (failure != null) {
          throw failure;
        }
        return "status";
      }
    };
  }
}
