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
import dev.millrace.e2e.neighbour.Kinds;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever others do to children: what we set comes back, what is theirs stays (reliability.md §5,
 * A10). The operator has the shipped resync, so nothing comes back by a mere lapse of time. {@code
 * -Ddrift.patches=5000} does more of it.
 */
class DriftIT {
  private static final int PATCHES = Integer.getInteger("drift.patches", 60);
  private static final int RESYNC_SECONDS = 300;
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final List<ResourceDefinitionContext> KINDS =
      List.of(
          Kinds.FLINK,
          Kinds.CRON_JOB,
          Kinds.STATEFUL_SET,
          Kinds.SERVICE,
          Kinds.POLICY,
          Kinds.CONFIG_MAP,
          Kinds.SECRET,
          Kinds.TOPIC);

  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private static OperatorProcess operator;
  private static Tenant tenant;

  @BeforeAll
  static void settle() {
    operator =
        QUICK
            .cluster()
            .startOperator(OperatorOptions.ALONE.withResync(RESYNC_SECONDS))
            .awaitReady();
    tenant = QUICK.cluster().tenant();
    tenant.create(Samples.oddPipeline(Samples.PIPELINE));
    tenant.create(Samples.oddWindow(Samples.WINDOW, Samples.PIPELINE));
    tenant.awaitReady(PIPELINE, Samples.PIPELINE);
    tenant.awaitReady(WINDOW, Samples.WINDOW);
  }

  @AfterAll
  static void stop() {
    if (operator != null) {
      operator.close();
    }
  }

  @Test
  void takesBackWhatIsOursAndKeepsWhatIsTheirs() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("steady: drift, -Dseed=" + seed);
    var random = new Random(seed);
    Map<Child, JsonNode> made = children();
    var wanted = new LinkedHashMap<>(made);
    var slowest = Duration.ZERO;
    for (int i = 0; i < PATCHES; i++) {
      Child child = pick(List.copyOf(made.keySet()), random);
      Drift drift = pick(Drift.of(child.kind()), random);
      long begun = System.nanoTime();
      drift(child, drift, made, wanted);
      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      slowest = taken.compareTo(slowest) > 0 ? taken : slowest;
    }
    System.out.printf(
        "steady: %d patches of %d children, the slowest was made good in %.1f s%n",
        PATCHES, made.size(), slowest.toMillis() / 1000.0);

    everythingIsAsWanted(wanted, "after all patches");
    operator.close();
    var writes = OperatorWrites.of(QUICK.cluster());
    operator =
        QUICK
            .cluster()
            .startOperator(OperatorOptions.ALONE.withResync(RESYNC_SECONDS))
            .awaitReady();
    await("a look by another process")
        .atMost(SOON)
        .until(() -> writes.looks(tenant.namespace(), "millrace-spark") > 0);
    everythingIsAsWanted(wanted, "after the look of another process");
  }

  private static void drift(
      Child child, Drift drift, Map<Child, JsonNode> made, Map<Child, JsonNode> wanted) {
    String what = child + " after " + drift;
    switch (drift.effect()) {
      case RESTORED -> {
        assertThat(child.patch(drift.patch())).as(what).isNotEqualTo(wanted.get(child));
        soon(what, () -> assertThat(child.content()).isEqualTo(wanted.get(child)));
      }
      case KEPT -> {
        wanted.put(child, child.patch(drift.patch()));
        soon(what, () -> assertThat(child.content()).isEqualTo(wanted.get(child)));
      }
      case MADE_AGAIN -> {
        String before = child.uid();
        child.delete();
        wanted.put(child, made.get(child));
        soon(what, () -> assertThat(child.uid()).isNotIn("", before));
        soon(what, () -> assertThat(child.content()).isEqualTo(wanted.get(child)));
      }
    }
  }

  private static void everythingIsAsWanted(Map<Child, JsonNode> wanted, String when) {
    wanted.forEach(
        (child, content) ->
            soon(child + " " + when, () -> assertThat(child.content()).isEqualTo(content)));
  }

  private static void soon(String what, org.awaitility.core.ThrowingRunnable assertion) {
    await(what).atMost(SOON).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
  }

  private static <T> T pick(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  /** Every child with what it says. */
  private static Map<Child, JsonNode> children() {
    var all = new ArrayList<Child>();
    for (var kind : KINDS) {
      tenant
          .children(kind)
          .forEach(
              object ->
                  all.add(
                      child(
                          kind,
                          object.getMetadata().getNamespace(),
                          object.getMetadata().getName())));
    }
    var contents = new LinkedHashMap<Child, JsonNode>();
    all.forEach(child -> contents.put(child, child.content()));
    return contents;
  }

  private static Child child(ResourceDefinitionContext kind, String namespace, String name) {
    return new Child(QUICK.cluster().client(), kind, namespace, name);
  }
}
