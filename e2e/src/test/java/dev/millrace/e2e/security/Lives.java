package dev.millrace.e2e.security;

import static dev.millrace.e2e.security.Tenant.PIPELINE;
import static dev.millrace.e2e.security.Tenant.WINDOW;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** What people do with their resources, from first to last. */
final class Lives {
  static final String NAME = "card-fraud";
  static final String WINDOW_NAME = "chargeback";

  private final Tenant tenant;

  Lives(Tenant tenant) {
    this.tenant = tenant;
  }

  Tenant tenant() {
    return tenant;
  }

  Lives createManaged(String deletionPolicy) {
    tenant.create(Samples.managedRedis(deletionPolicy));
    tenant.awaitReady(PIPELINE, NAME, "Running");
    return this;
  }

  Lives create(String deletionPolicy) {
    tenant.create(Samples.pipeline(deletionPolicy));
    tenant.awaitReady(PIPELINE, NAME, "Running");
    return this;
  }

  Lives scale() {
    tenant.patch(PIPELINE, NAME, "{\"spec\":{\"stream\":{\"parallelism\":2}}}");
    tenant.awaitReady(PIPELINE, NAME, "Running");
    return this;
  }

  /** A feature more without a higher version; refused, then taken back. */
  Lives refused() {
    tenant.patchList(PIPELINE, NAME, "[" + FEATURE + "]");
    tenant.until(
        PIPELINE, NAME, "refused", object -> Tenant.condition(object, "Stalled").isObject());
    tenant.patchList(
        PIPELINE, NAME, "[{\"op\": \"remove\", \"path\": \"/spec/entities/0/features/1\"}]");
    tenant.awaitReady(PIPELINE, NAME, "Running");
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
        NAME,
        "[{\"op\": \"add\", \"path\": \"/spec/version\", \"value\": 2}," + FEATURE + "]");
    tenant.until(PIPELINE, NAME, "version 2 served", Lives::servesTwo);
    tenant.awaitReady(PIPELINE, NAME, "Running");
    return this;
  }

  private static boolean servesTwo(JsonNode object) {
    return object.at("/status/definition/servedVersion").asInt() == 2;
  }

  /** Gives up the pipeline's own store for the registered one. */
  Lives registeredStore() {
    changeStore();
    tenant.until(PIPELINE, NAME, "at the registered store", Lives::hasNoStore);
    tenant.awaitReady(PIPELINE, NAME, "Running");
    return this;
  }

  /** The same, without a look at what comes of it. */
  void changeStore() {
    tenant.patchList(
        PIPELINE,
        NAME,
        """
        [{"op": "replace", "path": "/spec/online", "value": {}},
         {"op": "replace", "path": "/spec/version", "value": 3}]
        """);
  }

  static boolean hasNoStore(JsonNode object) {
    return !object.at("/status/children").toString().contains("StatefulSet");
  }

  Lives suspendAndResume() {
    tenant.patch(PIPELINE, NAME, "{\"spec\":{\"suspend\":true}}");
    tenant.awaitReady(PIPELINE, NAME, "Suspended");
    tenant.patch(PIPELINE, NAME, "{\"spec\":{\"suspend\":false}}");
    tenant.awaitReady(PIPELINE, NAME, "Running");
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
        WINDOW_NAME,
        "Ready",
        object -> Tenant.condition(object, "Ready").path("status").asText().equals("True"));
  }

  void awaitEnd() {
    tenant.until(PIPELINE, NAME, "its end", JsonNode::isMissingNode);
  }

  Lives run() {
    tenant.run(WINDOW_NAME);
    tenant.until(
        WINDOW,
        WINDOW_NAME,
        "a run",
        object -> Tenant.condition(object, "LastRunSucceeded").isObject());
    return this;
  }

  /** A resource comes and goes while somebody else annotates it as fast as they can. */
  static void contended(Tenant tenant, ResourceDefinitionContext kind) {
    boolean isPipeline = kind.getKind().equals(PIPELINE.getKind());
    String name = isPipeline ? NAME : WINDOW_NAME;
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
    tenant.deleteAndWait(WINDOW, WINDOW_NAME);
    return this;
  }

  Lives delete() {
    tenant.deleteAndWait(PIPELINE, NAME);
    return this;
  }
}
