package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.fault.Subject;
import dev.millrace.e2e.proxy.Verb;
import dev.millrace.e2e.proxy.Window;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The data-loss policy (reliability.md §2), a case or two for each row that is the operator's:
 * records, volumes and credentials are counted before and after. Without consent they are the same,
 * with it exactly the named data goes. Cases have a tenant each and run side by side; those about
 * the whole installation come last.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataLossIT {
  private static final int AT_ONCE = 6;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private LossCluster cluster;

  @BeforeAll
  void start() throws IOException {
    cluster = LossCluster.start();
  }

  @AfterAll
  void close() {
    threads.shutdownNow();
    if (cluster != null) {
      cluster.close();
    }
  }

  @TestFactory
  Iterable<DynamicTest> losesNothingWithoutConsent() {
    var tests = new ArrayList<DynamicTest>();
    var running = new ArrayList<CompletableFuture<Void>>();
    cases()
        .forEach(
            (name, body) -> {
              var result = CompletableFuture.runAsync(() -> body.accept(cluster.tenant()), threads);
              running.add(result);
              tests.add(DynamicTest.dynamicTest(name, () -> join(result)));
            });
    tests.add(
        DynamicTest.dynamicTest(
            "L4 uninstalled and installed again: everything is still there",
            () -> {
              running.forEach(result -> result.exceptionally(failed -> null).join());
              uninstall(cluster.tenant());
            }));
    return tests;
  }

  private Map<String, Consumer<Tenant>> cases() {
    var cases = new LinkedHashMap<String, Consumer<Tenant>>();
    cases.put("L1 deleted with Retain: kept", this::retain);
    cases.put("L1 deleted with Delete: its own data goes", this::deleteAll);
    cases.put("L2 Delete seen too late, a look being under way: kept", this::tooNew);
    cases.put("L2 Delete written after the deletion: kept", this::afterwards);
    cases.put("L3 the namespace goes with Delete: topics kept", this::namespaceGoes);
    cases.put("L5 created again: taken up again", this::createdAgain);
    cases.put("L7 other partitions: refused", t -> rejected(t, "/source/topic/partitions", "4"));
    cases.put("L8 another topic: refused", t -> rejected(t, "/source/topic/name", "\"other\""));
    cases.put("L8 managed flipped: refused", t -> rejected(t, "/source/topic/managed", "false"));
    cases.put("L9 shorter topic retention: waits for its approval", this::topicRetention);
    cases.put("L9 below what a replay needs: refused", this::tooShort);
    cases.put("L10 shorter offline retention: waits for its approval", this::offlineRetention);
    cases.put("L11 another definition without version: refused", this::definition);
    cases.put(
        "L13 maxParallelism without version: refused",
        t -> rejected(t, "/stream/maxParallelism", "360"));
    cases.put("L16 another store: both are reached, the old one stays", this::otherStore);
    cases.put("L18 suspended: kept", this::suspended);
    cases.put(
        "L20 smaller volume: refused", t -> rejected(t, "/online/managed/storage", "\"512Mi\""));
    return cases;
  }

  private static void join(CompletableFuture<Void> result) throws Throwable {
    try {
      result.join();
    } catch (CompletionException e) {
      throw e.getCause();
    }
  }

  private void retain(Tenant tenant) {
    var before = complete(tenant.create("Retain"));

    tenant.delete();

    assertThat(tenant.data()).isEqualTo(before);
    assertThat(tenant.events("Retained")).isNotEmpty();
  }

  private void deleteAll(Tenant tenant) {
    complete(tenant.create("Delete"));

    tenant.delete();

    await("the end of the volumes").until(() -> tenant.data().lines().isEmpty());
    assertThat(tenant.events("Retained")).isEmpty();
  }

  private void tooNew(Tenant tenant) {
    var before = complete(tenant.create("Retain"));
    var rule =
        cluster
            .plan()
            .on(
                call ->
                    call.verb() == Verb.PATCH
                        && call.resource().equals("featurepipelines")
                        && call.path().namespace().equals(tenant.namespace())
                        && call.path().subresource().equals("status"),
                Window.nth(1),
                exchange -> {
                  tenant.pipeline().delete();
                  exchange.pass();
                });

    tenant.pipeline().patch("{\"spec\":{\"deletionPolicy\":\"Delete\"}}");
    tenant.awaitGone();

    assertThat(rule.strikes()).isOne();
    assertThat(tenant.data()).isEqualTo(before);
    assertThat(tenant.events("RetainedPolicyTooNew")).hasSize(1);
  }

  private void afterwards(Tenant tenant) {
    var before = complete(tenant.create("Retain"));

    tenant.pipeline().delete();
    tenant.pipeline().patch("{\"spec\":{\"deletionPolicy\":\"Delete\"}}");
    tenant.awaitGone();

    assertThat(tenant.data()).isEqualTo(before);
  }

  private void namespaceGoes(Tenant tenant) {
    tenant.create("Delete");
    var topics = cluster.neighbours().recordsInKafka(tenant.namespace());

    tenant.pipeline().deleteNamespace();
    tenant.awaitGone();

    assertThat(cluster.neighbours().recordsInKafka(tenant.namespace())).isEqualTo(topics);
    assertThat(topics).hasSize(3);
    assertThat(tenant.events(LossCluster.SYSTEM, "Retained"))
        .anyMatch(message -> message.contains(tenant.namespace()));
  }

  private void createdAgain(Tenant tenant) {
    var before = complete(tenant.create("Retain"));
    tenant.delete();

    tenant.create("Retain");

    assertThat(tenant.data()).isEqualTo(before);
  }

  /** The API server itself says no. */
  private void rejected(Tenant tenant, String path, String value) {
    var before = complete(tenant.create("Retain"));

    assertThatThrownBy(() -> replace(tenant, path, value))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec" + path.replace('/', '.'));
    assertThat(tenant.data()).isEqualTo(before);
  }

  private void topicRetention(Tenant tenant) {
    var before = complete(tenant.create("Retain"));
    replace(tenant, "/source/topic/retention", "\"30d\"");
    assertThat(tenant.refusal()).contains("60d to 30d deletes events of topic");
    assertThat(tenant.data()).isEqualTo(before);

    approve(tenant, "00000000");
    assertThat(tenant.refusal()).contains("is not the pending plan");
    assertThat(tenant.data()).isEqualTo(before);

    String approval = tenant.pipeline().read().at("/status/plan/hash").asText();
    approve(tenant, approval);
    tenant.awaitRunning();
    await("the records to go")
        .until(
            () ->
                cluster.neighbours().recordsInKafka(tenant.namespace()).values().stream()
                    .allMatch(records -> records == 30));

    replace(tenant, "/source/topic/retention", "\"60d\"");
    tenant.awaitRunning();
    replace(tenant, "/source/topic/retention", "\"30d\"");
    assertThat(tenant.refusal()).as("a used approval").contains("is not the pending plan");
    assertThat(tenant.pipeline().read().at("/status/plan/hash").asText()).isNotEqualTo(approval);
  }

  private void tooShort(Tenant tenant) {
    var before = complete(tenant.create("Retain"));
    replace(tenant, "/source/topic/retention", "\"1d\"");

    assertThat(tenant.refusal()).contains("spec.source.topic.retention");
    assertThat(tenant.data()).isEqualTo(before);
  }

  private void offlineRetention(Tenant tenant) {
    var before = complete(tenant.create("Retain"));
    replace(tenant, "/offline/retention", "\"90d\"");
    assertThat(tenant.refusal()).contains("400d to 90d deletes events of the offline store");

    approve(tenant, tenant.pipeline().read().at("/status/plan/hash").asText());
    tenant.awaitRunning();

    assertThat(tenant.data()).isEqualTo(before);
  }

  private void definition(Tenant tenant) {
    var before = complete(tenant.create("Retain"));
    replace(tenant, "/entities/0/features/0/windows", "[\"5m\"]");

    assertThat(tenant.refusal()).contains("set version: 2");
    assertThat(tenant.data()).isEqualTo(before);
  }

  private void otherStore(Tenant tenant) {
    var before = complete(tenant.create("Retain"));
    var rules = tenant.policy().getSpec().getEgress();
    long writes = tenant.policy().getMetadata().getGeneration();
    var whenTheSecondStarts = new AtomicReference<NetworkPolicy>();
    var start =
        cluster
            .plan()
            .on(
                call ->
                    call.verb() == Verb.PATCH
                        && call.path().namespace().equals(tenant.namespace())
                        && call.name().equals(Subject.NAME + "-v2"),
                Window.nth(1),
                exchange -> {
                  whenTheSecondStarts.set(tenant.policy());
                  exchange.pass();
                });

    tenant
        .pipeline()
        .patchList(
            """
            [{"op": "replace", "path": "/spec/online", "value": {}},
             {"op": "replace", "path": "/spec/version", "value": 2}]
            """);
    tenant.until(
        "at version 2",
        object ->
            object.at("/status/definition/servedVersion").asInt() == 2
                && tenant.jobs() == 1
                && tenant.pipeline().isReady("Running"));

    assertThat(start.strikes()).isOne();
    assertThat(whenTheSecondStarts.get().getSpec().getEgress())
        .containsAll(rules)
        .hasSizeGreaterThan(rules.size());
    assertThat(tenant.policy().getMetadata().getGeneration())
        .as("writes of the policy")
        .isLessThanOrEqualTo(writes + 2);
    assertThat(tenant.data()).isEqualTo(before);
  }

  private void suspended(Tenant tenant) {
    var before = complete(tenant.create("Retain"));
    replace(tenant, "/suspend", "true");
    tenant.until("suspended", object -> tenant.pipeline().isReady("Suspended"));
    assertThat(tenant.data()).isEqualTo(before);

    tenant.delete();

    assertThat(tenant.data()).isEqualTo(before);
  }

  /** The definitions go first, and every resource with them; later all of it comes back. */
  private void uninstall(Tenant tenant) throws IOException {
    var before = complete(tenant.create("Delete"));

    for (String name : List.of("featurepipelines.millrace.dev", "labelwindows.millrace.dev")) {
      cluster.client().apiextensions().v1().customResourceDefinitions().withName(name).delete();
    }
    await("the end of the definitions")
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                cluster
                    .client()
                    .apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .list()
                    .getItems()
                    .stream()
                    .noneMatch(crd -> crd.getSpec().getGroup().equals("millrace.dev")));
    assertThat(tenant.data()).isEqualTo(before);
    cluster.killOperator();

    cluster.installDefinitions();
    cluster.startOperator();
    tenant.create("Retain");

    assertThat(tenant.data()).isEqualTo(before);
  }

  /** The tenant's data; three topics, a volume and a credential, or the case would show nothing. */
  private static Data complete(Tenant tenant) {
    await("all data of " + tenant.namespace()).until(() -> tenant.data().lines().size() == 5);
    return tenant.data();
  }

  private static void replace(Tenant tenant, String path, String value) {
    tenant
        .pipeline()
        .patchList(
            "[{\"op\": \"add\", \"path\": \"/spec%s\", \"value\": %s}]".formatted(path, value));
  }

  private static void approve(Tenant tenant, String hash) {
    replace(tenant, "/rollout", "{\"approvedPlan\": \"" + hash + "\"}");
  }
}
