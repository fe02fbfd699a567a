package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static dev.millrace.e2e.neighbour.Kinds.WINDOW;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.ExtractRun;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** What people do with their resources, from first to last. */
final class Lives {
  private final Tenant tenant;

  Lives(Tenant tenant) {
    this.tenant = tenant;
  }

  Tenant tenant() {
    return tenant;
  }

  Lives createManaged(String deletionPolicy) {
    tenant.create(Samples.managedRedis(deletionPolicy));
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    return this;
  }

  Lives create(String deletionPolicy) {
    tenant.create(Samples.pipeline(deletionPolicy));
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    return this;
  }

  Lives scale() {
    tenant.patch(PIPELINE, Samples.PIPELINE, "{\"spec\":{\"stream\":{\"parallelism\":2}}}");
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    return this;
  }

  /** A feature more without a higher version; refused, then taken back. */
  Lives refused() {
    tenant.patchList(PIPELINE, Samples.PIPELINE, "[" + FEATURE + "]");
    tenant.until(
        PIPELINE,
        Samples.PIPELINE,
        "refused",
        object -> Conditions.condition(object, "Stalled").isObject());
    tenant.patchList(
        PIPELINE,
        Samples.PIPELINE,
        "[{\"op\": \"remove\", \"path\": \"/spec/entities/0/features/2\"}]");
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    return this;
  }

  private static final String FEATURE =
      """
      {"op": "add", "path": "/spec/entities/0/features/-",
       "value": {"name": "amount_max", "aggregation": "Max", "value": "amount", "windows": ["1h"]}}
      """;

  Lives newVersion() {
    tenant.patchList(
        PIPELINE,
        Samples.PIPELINE,
        "[{\"op\": \"add\", \"path\": \"/spec/version\", \"value\": 2}," + FEATURE + "]");
    tenant.until(PIPELINE, Samples.PIPELINE, "version 2 served", Lives::servesTwo);
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    return this;
  }

  private static boolean servesTwo(JsonNode object) {
    return object.at("/status/definition/servedVersion").asInt() == 2;
  }

  /** Gives up the pipeline's own store for the registered one. */
  Lives registeredStore() {
    changeStore();
    tenant.until(PIPELINE, Samples.PIPELINE, "at the registered store", Lives::hasNoStore);
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    return this;
  }

  /** The same, without a look at what comes of it. */
  void changeStore() {
    tenant.patchList(
        PIPELINE,
        Samples.PIPELINE,
        """
        [{"op": "replace", "path": "/spec/online", "value": {}},
         {"op": "replace", "path": "/spec/version", "value": 3}]
        """);
  }

  static boolean hasNoStore(JsonNode object) {
    return !object.at("/status/children").toString().contains("StatefulSet");
  }

  Lives suspendAndResume() {
    tenant.patch(PIPELINE, Samples.PIPELINE, "{\"spec\":{\"suspend\":true}}");
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Suspended");
    tenant.patch(PIPELINE, Samples.PIPELINE, "{\"spec\":{\"suspend\":false}}");
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    return this;
  }

  Lives createWindow(String deletionPolicy) {
    tenant.create(Samples.window(deletionPolicy));
    awaitWindow();
    return this;
  }

  void awaitWindow() {
    tenant.until(
        WINDOW,
        Samples.WINDOW,
        "Ready",
        object -> Conditions.condition(object, "Ready").path("status").asText().equals("True"));
  }

  void awaitEnd() {
    tenant.until(PIPELINE, Samples.PIPELINE, "its end", JsonNode::isMissingNode);
  }

  Lives run() {
    new ExtractRun(tenant.client(), tenant.namespace()).start(Samples.WINDOW);
    tenant.until(
        WINDOW,
        Samples.WINDOW,
        "a run",
        object -> Conditions.condition(object, "LastRunSucceeded").isObject());
    return this;
  }

  /** A resource comes and goes while somebody else annotates it as fast as they can. */
  static void contended(Tenant tenant, ResourceDefinitionContext kind) {
    boolean isPipeline = kind.getKind().equals(PIPELINE.getKind());
    String name = isPipeline ? Samples.PIPELINE : Samples.WINDOW;
    tenant.create(isPipeline ? Samples.pipeline("Retain") : Samples.window("Retain"));
    var done = new AtomicBoolean();
    var others = CompletableFuture.runAsync(() -> annotate(tenant, kind, name, done));
    tenant.until(
        kind, name, "looked after", object -> object.at("/metadata/finalizers/0").isTextual());
    done.set(true);
    others.join();
    tenant.deleteAndWait(kind, name);
  }

  private static void annotate(
      Tenant tenant, ResourceDefinitionContext kind, String name, AtomicBoolean done) {
    for (int i = 0; !done.get(); i++) {
      tenant.patch(
          kind,
          name,
          "{\"metadata\":{\"annotations\":{\"example.org/count\":\"%d\"}}}".formatted(i));
    }
  }

  Lives deleteWindow() {
    tenant.deleteAndWait(WINDOW, Samples.WINDOW);
    return this;
  }

  Lives delete() {
    tenant.deleteAndWait(PIPELINE, Samples.PIPELINE);
    return this;
  }
}
