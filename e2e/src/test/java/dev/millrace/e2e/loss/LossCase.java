package dev.millrace.e2e.loss;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import dev.millrace.e2e.neighbour.Kinds;
import dev.millrace.e2e.proxy.ApiCall;
import dev.millrace.e2e.proxy.Exchange;
import dev.millrace.e2e.proxy.Fault;
import dev.millrace.e2e.proxy.FaultPlan;
import dev.millrace.e2e.proxy.Rule;
import dev.millrace.e2e.proxy.Verb;
import dev.millrace.e2e.proxy.Window;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;

/**
 * One tenant with a pipeline that has a store of its own, and what is counted of it.
 *
 * @param plan what goes wrong between the operator and the API server
 */
record LossCase(QuickCluster cluster, FaultPlan plan, Tenant tenant) {
  /** Three topics, a volume and a credential, or the case would show nothing. */
  private static final int KINDS_OF_DATA = 5;

  String namespace() {
    return tenant.namespace();
  }

  Data data() {
    return Data.of(cluster, tenant);
  }

  /** Creates the pipeline and waits until it runs; its data. */
  Data create(String deletionPolicy) {
    tenant.create(Samples.longKept(deletionPolicy));
    awaitRunning();
    soon("all of its data").until(() -> data().lines().size() == KINDS_OF_DATA);
    return data();
  }

  JsonNode read() {
    return tenant.read(PIPELINE, Samples.PIPELINE);
  }

  void awaitRunning() {
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
  }

  void awaitGone() {
    tenant.awaitGone(PIPELINE, Samples.PIPELINE);
  }

  void until(String what, Predicate<JsonNode> wanted) {
    tenant.until(PIPELINE, Samples.PIPELINE, what, wanted);
  }

  /** Waits for the neighbours, who come by several times a second. */
  ConditionFactory soon(String what) {
    return await(what + " in " + namespace()).atMost(Duration.ofSeconds(30));
  }

  /** {@code kubectl patch --type=json}. */
  void patch(String operations) {
    tenant.patchList(PIPELINE, Samples.PIPELINE, operations);
  }

  /** {@code kubectl patch --type=merge}. */
  void merge(String json) {
    tenant.patch(PIPELINE, Samples.PIPELINE, json);
  }

  /** Sets one member of the spec. */
  void set(String path, String value) {
    patch("[" + operation(path, value) + "]");
  }

  private static String operation(String path, String value) {
    return value.isEmpty()
        ? "{\"op\": \"remove\", \"path\": \"/spec%s\"}".formatted(path)
        : "{\"op\": \"add\", \"path\": \"/spec%s\", \"value\": %s}".formatted(path, value);
  }

  /**
   * Changes the definition: the next version replays, takes over, and is alone.
   *
   * @param value of the member; empty takes it away
   */
  void nextVersion(String path, String value) {
    int version = read().at("/spec/version").asInt() + 1;
    patch("[" + operation(path, value) + "," + operation("/version", "" + version) + "]");
    until("alone at version " + version, object -> servesAlone(object, version));
  }

  private boolean servesAlone(JsonNode object, int version) {
    return object.at("/status/definition/servedVersion").asInt() == version
        && tenant.children(Kinds.FLINK).size() == 1
        && Conditions.isReady(object, "Running");
  }

  void approve(String hash) {
    set("/rollout", "{\"approvedPlan\": \"" + hash + "\"}");
  }

  /** Hash of the plan that waits for approval. */
  String pendingPlan() {
    return read().at("/status/plan/hash").asText();
  }

  /** Deletes the pipeline without waiting. */
  void delete() {
    tenant.delete(PIPELINE, Samples.PIPELINE);
  }

  void deleteAndWait() {
    delete();
    awaitGone();
  }

  /** Waits until a change is refused; its text. */
  String refusal() {
    until("refused", object -> Conditions.is(object, "SpecValid", "False"));
    return Conditions.message(read(), "SpecValid");
  }

  /** The planner refuses a change with a text, and everything is as it was. */
  void refuses(String path, String value, String text) {
    Data before = create("Retain");
    set(path, value);
    assertThat(refusal()).contains(text);
    assertThat(data()).isEqualTo(before);
  }

  /** The API server itself says no, and everything is as it was. */
  void isRejected(String path, String value) {
    Data before = create("Retain");
    assertThatThrownBy(() -> set(path, value))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec" + path.replace('/', '.'));
    assertThat(data()).isEqualTo(before);
  }

  /** Does something in the middle of the operator's next write of a status of that kind. */
  Rule<ApiCall, Fault> atNextStatus(String plural, Runnable action) {
    return plan.on(
        call ->
            call.verb() == Verb.PATCH
                && call.resource().equals(plural)
                && call.path().namespace().equals(namespace())
                && call.path().subresource().equals("status"),
        Window.nth(1),
        exchange -> {
          action.run();
          exchange.pass();
        });
  }

  /** Counts requests of the operator in the namespace, and lets them pass. */
  Rule<ApiCall, Fault> count(Predicate<ApiCall> which) {
    return plan.on(
        which.and(call -> call.path().namespace().equals(namespace())),
        Window.ALWAYS,
        Exchange::pass);
  }

  /** Records of the tenant's topics, by topic. */
  Map<String, Long> records() {
    return cluster.neighbours().recordsInKafka(namespace());
  }
}
