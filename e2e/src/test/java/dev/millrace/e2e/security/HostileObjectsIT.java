package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Tenant;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What neighbours and tenants with an editor can write (reliability.md §5, A17): whatever it is,
 * the operator lives, only that resource shows it, and the others are looked after.
 */
class HostileObjectsIT {
  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private static Bystander bystander;
  private static Tenant tenant;

  @BeforeAll
  static void start() {
    bystander = new Bystander(QUICK.cluster(), OperatorOptions.ALONE);
    tenant = bystander.tenant();
  }

  @AfterAll
  static void stop() {
    bystander.close();
    try (var loose = new LooseCrd(QUICK.cluster().client())) {
      HostileTexts.specs().keySet().forEach(name -> loose.remove(tenant.namespace(), name));
    }
  }

  /** What the Flink operator repeats of a job, and what an editor writes into our memory. */
  @Test
  void hostileObjects() {
    Map<String, String> errors = HostileTexts.errors();
    Map<String, Map<String, String>> memories = HostileTexts.memories();
    var names = new ArrayList<>(errors.keySet());
    names.addAll(memories.keySet());
    names.forEach(name -> tenant.create(Bystander.named(name)));
    tenant.create(HostileTexts.pipeline("hostile"));
    tenant.create(
        Bystander.named("annotated")
            .replace(
                "metadata: {",
                "metadata: {annotations: {example.org/text: \"" + "x".repeat(200_000) + "\"}, "));
    names.forEach(name -> tenant.awaitReady(PIPELINE, name, "Running"));
    tenant.awaitReady(PIPELINE, "hostile", "Running");
    tenant.awaitReady(PIPELINE, "annotated", "Running");

    errors.forEach(HostileObjectsIT::fail);
    memories.forEach(HostileObjectsIT::remember);
    for (String name : errors.keySet()) {
      tenant.until(
          PIPELINE,
          name,
          "failed",
          object ->
              Conditions.condition(object, "StreamRunning")
                  .path("status")
                  .asText()
                  .equals("False"));
      Bystander.isBounded(tenant, PIPELINE, name);
    }
    for (String name : memories.keySet()) {
      tenant.patch(PIPELINE, name, "{\"spec\":{\"stream\":{\"parallelism\":2}}}");
      tenant.until(PIPELINE, name, "settled", HostileObjectsIT::isSettled);
      Bystander.isBounded(tenant, PIPELINE, name);
    }
    bystander.isLookedAfter();
    System.out.printf("%d hostile objects%n", names.size() + 2);
  }

  /** Resources that were stored while the CRD allowed anything. */
  @Test
  void resourcesThatDoNotDecode() {
    Map<String, String> specs = HostileTexts.specs();
    try (var loose = new LooseCrd(QUICK.cluster().client())) {
      specs.forEach((name, spec) -> loose.create(tenant.namespace(), name, spec));
    }
    assertAreRefused(specs);
    bystander.isLookedAfter();
    bystander.restart();
    bystander.isLookedAfter();
    assertAreRefused(specs);
    System.out.printf("%d resources that do not decode%n", specs.size());
  }

  private static void assertAreRefused(Map<String, String> specs) {
    for (String name : specs.keySet()) {
      tenant.until(
          PIPELINE,
          name,
          "refused",
          object -> {
            JsonNode valid = Conditions.condition(object, "SpecValid");
            return valid.path("reason").asText().equals("Invalid")
                && valid.path("message").asText().contains(HostileTexts.refusal(name));
          });
    }
  }

  /**
   * Carried out, or refused with a word about it: what was accepted before may count as damaged.
   */
  private static boolean isSettled(JsonNode object) {
    JsonNode ready = Conditions.condition(object, "Ready");
    return ready.path("observedGeneration").equals(object.at("/metadata/generation"))
        && (ready.path("status").asText().equals("True")
            || Conditions.condition(object, "Stalled").isObject());
  }

  private static void fail(String pipeline, String error) {
    patch(pipeline + "-v1", Map.of("status", Map.of("error", error)));
  }

  private static void patch(String deployment, Map<String, Object> change) {
    QUICK
        .cluster()
        .client()
        .genericKubernetesResources("flink.apache.org/v1beta1", "FlinkDeployment")
        .inNamespace(tenant.namespace())
        .withName(deployment)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            QUICK.cluster().client().getKubernetesSerialization().asJson(change));
  }

  private static void remember(String pipeline, Map<String, String> data) {
    QUICK
        .cluster()
        .client()
        .configMaps()
        .inNamespace(tenant.namespace())
        .withName(pipeline + "-rollout")
        .edit(
            map -> {
              map.setData(new LinkedHashMap<>(data));
              return map;
            });
  }
}
