package dev.millrace.e2e.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.e2e.cluster.ClusterExtension;
import dev.millrace.e2e.cluster.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code kubectl get} shows the example of experience.md §2, at most 100 columns wide. */
class ColumnsIT {
  private static final int WIDTH = 100;

  @RegisterExtension static final ClusterExtension CLUSTER = new ClusterExtension();

  @Test
  void showsPipelines() {
    Resources resources = resources();
    report(resources, pipeline("card-fraud"), "False", "TopicNotReady", "True", 12);
    report(resources, pipeline("merchant"), "True", "Running", "False", 31);
    resources.apply(pipeline("new-one")).accepted();
    report(resources, pipeline("old-rules"), "True", "Suspended", "Unknown", 4);

    Table table = Table.of(resources.requests(), resources.folder(pipeline("any")));

    assertThat(table.withAges(List.of("12d", "40d", "3s", "380d")).lines())
        .containsExactly(
            "NAME         READY     STATUS          FEATURES   FRESH     AGE",
            "card-fraud   False     TopicNotReady   12         True      12d",
            "merchant     True      Running         31         False     40d",
            "new-one      Unknown   Unobserved                           3s",
            "old-rules    True      Suspended       4          Unknown   380d")
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDTH));
  }

  @Test
  void showsLabelWindows() {
    Resources resources = resources();
    ObjectNode window = Sample.valid("label-window-minimal").judged();
    resources.apply(window).accepted();
    resources
        .mergeStatus(
            window,
            """
            {"status": {"conditions": [%s],
             "labels": {"pending": 18342, "finalised": 1204332, "oldestPending": "2026-10-05"},
             "lastRun": {"asOf": "%s"}}}"""
                .formatted(
                    condition("Ready", "True", "Scheduled"),
                    Instant.now().minus(Duration.ofMinutes(500)).toString()))
        .accepted();

    Table table = Table.of(resources.requests(), resources.folder(window));

    assertThat(table.withAges(List.of("12d")).lines())
        .containsExactly(
            "NAME             READY   STATUS      PIPELINE     PENDING   FINALISED   LAST-RUN   "
                + "MATURE-TO    AGE",
            "chargeback-45d   True    Scheduled   card-fraud   18342     1204332     8h         "
                + "2026-10-05   12d")
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDTH));
  }

  private static void report(
      Resources resources,
      ObjectNode pipeline,
      String ready,
      String reason,
      String fresh,
      int columns) {
    resources.apply(pipeline).accepted();
    resources
        .mergeStatus(
            pipeline,
            "{\"status\": {\"conditions\": [%s, %s], \"definition\": {\"columns\": %d}}}"
                .formatted(
                    condition("Ready", ready, reason), condition("Fresh", fresh, "Fresh"), columns))
        .accepted();
  }

  private static String condition(String type, String status, String reason) {
    return """
        {"type": "%s", "status": "%s", "reason": "%s", "message": "",
         "lastTransitionTime": "2026-11-22T10:31:02Z"}"""
        .formatted(type, status, reason);
  }

  private static ObjectNode pipeline(String name) {
    ObjectNode pipeline = Sample.valid("minimal").judged();
    pipeline.withObject("/metadata").put("name", name);
    return pipeline;
  }

  private static Resources resources() {
    return Resources.of(new Requests(CLUSTER.client()), CLUSTER.namespace());
  }
}
