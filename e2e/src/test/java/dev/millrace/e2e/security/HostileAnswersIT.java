package dev.millrace.e2e.security;

import static dev.millrace.e2e.security.Tenant.PIPELINE;
import static dev.millrace.e2e.security.Tenant.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.platform.OperatorProcess;
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
 * What tenants' pods, and tenants with an editor, can answer (reliability.md §5, A17): whatever it
 * is, the operator lives, only that resource shows it, and the others are looked after.
 */
class HostileAnswersIT {
  @RegisterExtension static final SecurityExtension SECURITY = new SecurityExtension();

  private static final String WITNESS = "witness";
  private static final int LONGEST_MESSAGE = 4096;

  private static HostileRest rest;
  private static OperatorProcess operator;
  private static Tenant tenant;

  @BeforeAll
  static void start() {
    rest = new HostileRest(SECURITY.cluster().neighbours().jobRest());
    operator =
        SECURITY
            .cluster()
            .startOperator(OperatorSettings.withJobRest(rest.template()))
            .awaitReady();
    tenant = new Tenant(SECURITY.cluster().client(), SECURITY.cluster().tenant());
    tenant.create(named(WITNESS));
    tenant.awaitReady(PIPELINE, WITNESS, "Running");
  }

  @AfterAll
  static void stop() {
    operator.close();
    rest.close();
  }

  /** Jobs whose REST says what it likes. */
  @Test
  void hostileJobs() {
    Map<String, HostileRest.Answer> answers = HostileTexts.rest();
    answers.forEach((name, answer) -> rest.answers(name + "-v1", answer));
    answers.keySet().forEach(name -> tenant.create(named(name)));
    for (String name : answers.keySet()) {
      tenant.until(PIPELINE, name, "judged", HostileTexts.wanted(name));
      assertBounded(PIPELINE, name);
    }
    assertThat(rest.asked())
        .as("addresses from names and checked ids only")
        .noneMatch(path -> path.contains("..") || path.contains("elsewhere"));
    assertOthersAreLookedAfter();
    System.out.printf("%d hostile jobs%n", answers.size());
  }

  /** What the Flink operator repeats of a job, and what an editor writes into our memory. */
  @Test
  void hostileObjects() {
    Map<String, String> errors = HostileTexts.errors();
    Map<String, Map<String, String>> memories = HostileTexts.memories();
    var names = new ArrayList<>(errors.keySet());
    names.addAll(memories.keySet());
    names.forEach(name -> tenant.create(named(name)));
    tenant.create(Samples.hostile());
    tenant.create(
        named("annotated")
            .replace(
                "metadata: {",
                "metadata: {annotations: {example.org/text: \"" + "x".repeat(200_000) + "\"}, "));
    names.forEach(name -> tenant.awaitReady(PIPELINE, name, "Running"));
    tenant.awaitReady(PIPELINE, "hostile", "Running");
    tenant.awaitReady(PIPELINE, "annotated", "Running");

    errors.forEach(HostileAnswersIT::fail);
    memories.forEach(HostileAnswersIT::remember);
    for (String name : errors.keySet()) {
      tenant.until(
          PIPELINE,
          name,
          "failed",
          object ->
              Tenant.condition(object, "StreamRunning").path("status").asText().equals("False"));
      assertBounded(PIPELINE, name);
    }
    for (String name : memories.keySet()) {
      tenant.patch(PIPELINE, name, "{\"spec\":{\"stream\":{\"parallelism\":2}}}");
      tenant.until(PIPELINE, name, "settled", HostileAnswersIT::isSettled);
      assertBounded(PIPELINE, name);
    }
    assertOthersAreLookedAfter();
    System.out.printf("%d hostile objects%n", names.size() + 2);
  }

  /** Extracts whose last words are anything but a report. */
  @Test
  void hostileLastWords() {
    var own = new Tenant(SECURITY.cluster().client(), SECURITY.cluster().tenant());
    own.create(Samples.pipeline("Retain"));
    own.awaitReady(PIPELINE, Lives.NAME, "Running");
    Map<String, String> messages = HostileTexts.messages();
    for (String name : messages.keySet()) {
      own.create(
          Samples.window("Retain")
              .replace("{name: chargeback}", "{name: " + name + "}")
              .replace("name: chargebacks", "name: " + name));
    }
    messages.keySet().forEach(name -> own.awaitReady(WINDOW, name, "Scheduled"));
    messages.keySet().forEach(own::run);
    messages.forEach(own::leaveMessage);
    for (String name : messages.keySet()) {
      own.until(
          WINDOW,
          name,
          "judged",
          object ->
              !Tenant.condition(object, "LastRunSucceeded")
                      .path("status")
                      .asText("Unknown")
                      .equals("Unknown")
                  || Tenant.condition(object, "LastRunSucceeded")
                      .path("reason")
                      .asText()
                      .equals("NoReport"));
      assertBounded(own, WINDOW, name);
    }
    assertOthersAreLookedAfter();
    System.out.printf("%d hostile last words%n", messages.size());
  }

  /** Resources that were stored while the CRD allowed anything. */
  @Test
  void resourcesThatDoNotDecode() {
    Map<String, String> specs = HostileTexts.specs();
    try (var loose = new LooseCrd(SECURITY.cluster().client())) {
      specs.forEach((name, spec) -> loose.create(tenant.namespace(), name, spec));
    }
    assertAreRefused(specs);
    assertOthersAreLookedAfter();
    operator.close();
    operator =
        SECURITY
            .cluster()
            .startOperator(OperatorSettings.withJobRest(rest.template()))
            .awaitReady();
    assertOthersAreLookedAfter();
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
            JsonNode valid = Tenant.condition(object, "SpecValid");
            return valid.path("reason").asText().equals("Invalid")
                && valid.path("message").asText().contains(HostileTexts.refusal(name));
          });
    }
  }

  /**
   * Carried out, or refused with a word about it: what was accepted before may count as damaged.
   */
  private static boolean isSettled(JsonNode object) {
    JsonNode ready = Tenant.condition(object, "Ready");
    return ready.path("observedGeneration").equals(object.at("/metadata/generation"))
        && (ready.path("status").asText().equals("True")
            || Tenant.condition(object, "Stalled").isObject());
  }

  private static String named(String name) {
    return Samples.pipeline("Retain")
        .replace("{name: card-fraud}", "{name: " + name + "}")
        .replace("name: payments.tx", "name: " + name);
  }

  private static void fail(String pipeline, String error) {
    patch(pipeline + "-v1", Map.of("status", Map.of("error", error)));
  }

  private static void patch(String deployment, Map<String, Object> change) {
    SECURITY
        .cluster()
        .client()
        .genericKubernetesResources("flink.apache.org/v1beta1", "FlinkDeployment")
        .inNamespace(tenant.namespace())
        .withName(deployment)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            SECURITY.cluster().client().getKubernetesSerialization().asJson(change));
  }

  private static void remember(String pipeline, Map<String, String> data) {
    SECURITY
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

  private static void assertBounded(
      io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext kind, String name) {
    assertBounded(tenant, kind, name);
  }

  /** Each text on one line of printable characters, and not long. */
  private static void assertBounded(
      Tenant owner,
      io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext kind,
      String name) {
    JsonNode status = owner.read(kind, name).path("status");
    assertThat(status.toString().length()).as("size of the status of " + name).isLessThan(65_536);
    for (JsonNode condition : status.path("conditions")) {
      String message = condition.path("message").asText();
      assertThat(message.length()).isLessThanOrEqualTo(LONGEST_MESSAGE);
      assertThat(message.codePoints())
          .as("%s: %s", name, message)
          .noneMatch(
              each ->
                  Character.isISOControl(each)
                      || Character.getType(each) == Character.FORMAT
                      || Character.getType(each) == Character.LINE_SEPARATOR);
    }
  }

  private static void assertOthersAreLookedAfter() {
    JsonNode witness = tenant.read(PIPELINE, WITNESS);
    int next = witness.at("/spec/stream/parallelism").asInt() % 2 + 1;
    tenant.patch(PIPELINE, WITNESS, "{\"spec\":{\"stream\":{\"parallelism\":" + next + "}}}");
    tenant.awaitReady(PIPELINE, WITNESS, "Running");
    assertThat(operator.isAlive()).as("the operator lives").isTrue();
  }
}
