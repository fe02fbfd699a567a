package dev.millrace.e2e.steady;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static dev.millrace.e2e.neighbour.Kinds.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import dev.millrace.e2e.neighbour.Json;
import dev.millrace.e2e.neighbour.Kinds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the server defaults, rewrites or sorts is no difference: whoever reconciles again, this
 * process or the next, writes nothing (reliability.md §5, A9).
 */
@TestMethodOrder(OrderAnnotation.class)
class SecondReconcileIT {
  private static final int RESYNC_SECONDS = 2;

  /** Longer than a resync: the first look after the last write has passed. */
  private static final Duration CALM = Duration.ofSeconds(5);

  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private static OperatorProcess operator;
  private static OperatorWrites lifelong;
  private static Tenant plain;
  private static Tenant odd;

  @BeforeAll
  static void settle() {
    operator =
        QUICK
            .cluster()
            .startOperator(OperatorOptions.ALONE.withResync(RESYNC_SECONDS))
            .awaitReady();
    lifelong = OperatorWrites.of(QUICK.cluster());
    plain = QUICK.cluster().tenant();
    odd = QUICK.cluster().tenant();
    plain.create(Samples.plainPipeline(Samples.PIPELINE));
    plain.create(Samples.plainWindow(Samples.WINDOW, Samples.PIPELINE));
    odd.create(Samples.oddPipeline(Samples.PIPELINE));
    odd.create(Samples.oddWindow(Samples.WINDOW, Samples.PIPELINE));
    settled();
  }

  private static void settled() {
    for (Tenant tenant : List.of(plain, odd)) {
      tenant.awaitReady(PIPELINE, Samples.PIPELINE);
      tenant.awaitReady(WINDOW, Samples.WINDOW);
    }
    lifelong.awaitCalm(CALM);
  }

  @AfterAll
  static void stop() {
    if (operator != null) {
      operator.close();
    }
  }

  @Test
  @Order(1)
  void writesNothing() {
    assertThat(lifelong.kinds())
        .as("kinds of children that this is about")
        .contains(
            "configmaps",
            "cronjobs",
            "flinkdeployments",
            "kafkatopics",
            "networkpolicies",
            "secrets",
            "services",
            "statefulsets");

    reconciledAgainWithoutAWrite();
  }

  @Test
  @Order(2)
  void writesNothingInTheNextProcess() {
    settled();
    operator.close();
    var writes = OperatorWrites.of(QUICK.cluster());

    operator =
        QUICK
            .cluster()
            .startOperator(OperatorOptions.ALONE.withResync(RESYNC_SECONDS))
            .awaitReady();

    awaitLooks(writes);
    assertThat(writes.texts()).isEmpty();
  }

  /** The same in other words: sizes in other units, defaults spelled out. */
  @Test
  @Order(3)
  void leavesTheJobAloneWhenTheSpecSaysTheSameInOtherWords() {
    var jobs = List.of(job(plain), job(odd));
    var stores = odd.children(Kinds.STATEFUL_SET);
    odd.patch(
        PIPELINE,
        Samples.PIPELINE,
        """
        {"spec": {
          "online": {"managed": {"memory": "1Gi", "storage": "2Gi"}},
          "stream": {"jobManager": {"cpu": "1.5", "memory": "2Gi"},
                     "taskManager": {"cpu": "2"}, "checkpointInterval": "1m"},
          "source": {"topic": {"retention": "60d"}}}}
        """);
    plain.patch(
        PIPELINE,
        Samples.PIPELINE,
        """
        {"spec": {
          "slide": "30s",
          "online": {"connection": "default"},
          "stream": {"parallelism": 2, "jobManager": {"cpu": "500m", "memory": "1024Mi"}},
          "source": {"format": "Json", "topic": {"partitions": 12, "replicas": 3}}}}
        """);
    for (Tenant tenant : List.of(plain, odd)) {
      tenant.awaitReady(PIPELINE, Samples.PIPELINE);
    }
    lifelong.awaitCalm(CALM);

    assertThat(List.of(job(plain), job(odd))).as("specs of the jobs").isEqualTo(jobs);
    assertThat(odd.children(Kinds.STATEFUL_SET)).as("the store").isEqualTo(stores);
    reconciledAgainWithoutAWrite();
  }

  /** The order of features and of schema fields does not count (semantics.md §4). */
  @Test
  @Order(4)
  void writesNothingAfterAnotherOrder() {
    JsonNode before = plain.read(PIPELINE, Samples.PIPELINE).at("/status/definition/hash");
    plain.patchList(
        PIPELINE,
        Samples.PIPELINE,
        """
        [{"op": "move", "from": "/spec/entities/0/features/1", "path": "/spec/entities/0/features/0"},
         {"op": "move", "from": "/spec/source/schema/3", "path": "/spec/source/schema/0"}]
        """);
    plain.awaitReady(PIPELINE, Samples.PIPELINE);
    lifelong.awaitCalm(CALM);

    assertThat(plain.read(PIPELINE, Samples.PIPELINE).at("/status/definition/hash"))
        .isEqualTo(before);
    reconciledAgainWithoutAWrite();
  }

  /** A deletion that waits for its clean-up Job is a reconcile like any other. */
  @Test
  @Order(5)
  void writesNothingWhileADeletionWaits() {
    plain.delete(WINDOW, Samples.WINDOW);
    plain.until(WINDOW, Samples.WINDOW, "gone", object -> object.isMissingNode());
    plain.patch(PIPELINE, Samples.PIPELINE, "{\"spec\": {\"deletionPolicy\": \"Delete\"}}");
    plain.awaitReady(PIPELINE, Samples.PIPELINE);
    QUICK.cluster().neighbours().podsAway(plain.namespace(), true);
    plain.delete(PIPELINE, Samples.PIPELINE);
    await("its clean-up Job").until(() -> !plain.children(Kinds.JOB).isEmpty());
    lifelong.awaitCalm(CALM);

    var writes = OperatorWrites.of(QUICK.cluster());
    await("two more looks")
        .atMost(Duration.ofSeconds(20))
        .until(() -> writes.looks(odd.namespace(), "millrace-flink") >= 2);
    assertThat(writes.texts()).isEmpty();

    QUICK.cluster().neighbours().podsAway(plain.namespace(), false);
    plain.until(PIPELINE, Samples.PIPELINE, "gone", object -> object.isMissingNode());
  }

  private static void reconciledAgainWithoutAWrite() {
    var writes = OperatorWrites.of(QUICK.cluster());
    awaitLooks(writes);
    assertThat(writes.texts()).isEmpty();
  }

  /** Every resource twice. */
  private static void awaitLooks(OperatorWrites writes) {
    await("two looks at each resource")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(250))
        .until(
            () ->
                List.of(plain, odd).stream()
                    .allMatch(
                        tenant ->
                            writes.looks(tenant.namespace(), "millrace-flink") >= 2
                                && writes.looks(tenant.namespace(), "millrace-spark") >= 2));
  }

  private static Object job(Tenant tenant) {
    return Json.tree(tenant.children(Kinds.FLINK).get(0)).path("spec");
  }
}
