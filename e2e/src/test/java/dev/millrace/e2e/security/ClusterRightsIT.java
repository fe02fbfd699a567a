package dev.millrace.e2e.security;

import static dev.millrace.e2e.security.Tenant.PIPELINE;
import static dev.millrace.e2e.security.Tenant.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.platform.OperatorProcess;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Rights that an operator needs as a whole, taken away (reliability.md §5, D3): what it is not
 * allowed to see it does not take for gone, and it says so where anybody can read it.
 */
class ClusterRightsIT {
  @RegisterExtension static final SecurityExtension SECURITY = new SecurityExtension();

  /** Kinds whose objects a pipeline consists of from the beginning. */
  private static final Set<String> PARTS =
      Set.of("kafkatopics", "services", "statefulsets", "networkpolicies", "configmaps");

  /** The client doubles its pause up to 32 times this. */
  private static final OperatorSettings QUICK_TO_LIST =
      OperatorSettings.withEnvironment(Map.of("KUBERNETES_WATCH_RECONNECTINTERVAL", "200"));

  private NarrowedRights rights;
  private Tenant tenant;

  @BeforeEach
  void read() {
    rights = new NarrowedRights(SECURITY.cluster().client());
    tenant = new Tenant(SECURITY.cluster().client(), SECURITY.cluster().tenant());
  }

  @AfterEach
  void giveBack() {
    rights.close();
  }

  @Test
  void whatCannotBeListedIsNamedAndNotTakenForGone() {
    rights.dropEverywhere(right -> isList(right) && !isPipeline(right));
    try (var operator = SECURITY.cluster().startOperator(QUICK_TO_LIST).awaitReady()) {
      tenant.create(Samples.managedRedis("Delete"));
      untilSaid(PIPELINE, Lives.NAME, "list", Set.of("labelwindows"));

      rights.dropEverywhere(right -> isList(right) && !isOurs(right));
      untilSaid(PIPELINE, Lives.NAME, "list", PARTS);
      tenant.create(Samples.window("Delete"));
      untilSaid(WINDOW, Lives.WINDOW_NAME, "list", Set.of("configmaps"));
      tenant.delete(PIPELINE, Lives.NAME);
      tenant.until(
          PIPELINE,
          Lives.NAME,
          "waiting with its deletion",
          object ->
              Tenant.condition(object, "Ready").path("reason").asText().equals("Deleting")
                  && refuses(object, "list", ""));

      rights.close();
      tenant.until(PIPELINE, Lives.NAME, "its end", JsonNode::isMissingNode);
      tenant.until(
          WINDOW,
          Lives.WINDOW_NAME,
          "looking for its pipeline",
          object -> object.toString().contains("PipelineNotFound"));
      assertThat(operator.isAlive()).isTrue();
    }
  }

  /** Each look is a list then: slower, and nothing is missed. */
  @Test
  void withoutAnyWatchTheOperatorStillGetsThere() {
    rights.dropEverywhere(
        right -> right.verb().equals("watch") || isList(right) && isPipeline(right));
    try (var operator = SECURITY.cluster().startOperator(QUICK_TO_LIST).awaitReady()) {
      tenant.create(Samples.pipeline("Retain"));
      tenant.create(Samples.window("Retain"));
      untilSaid(WINDOW, Lives.WINDOW_NAME, "list", Set.of("featurepipelines"));

      rights.dropEverywhere(right -> right.verb().equals("watch"));
      tenant.awaitReady(PIPELINE, Lives.NAME, "Running");
      new Lives(tenant).awaitWindow();
      assertThat(log(operator)).contains("Received 403 on websocket");
      assertThat(operator.isAlive()).isTrue();
    }
  }

  /** Neither is it harmless nor a reason to keep what was to be deleted. */
  @Test
  void aDeletionWaitsUntilOurDefinitionsCanBeRead() {
    try (var operator = SECURITY.cluster().startOperator(OperatorSettings.ALONE).awaitReady()) {
      new Lives(tenant).createManaged("Delete");
      rights.dropEverywhere(right -> right.resource().equals("customresourcedefinitions"));
      tenant.delete(PIPELINE, Lives.NAME);
      untilSaid(PIPELINE, Lives.NAME, "get", Set.of("customresourcedefinitions"));
      assertThat(tenant.read(PIPELINE, Lives.NAME).at("/status/conditions/0/reason").asText())
          .isEqualTo("Deleting");

      rights.close();
      tenant.until(PIPELINE, Lives.NAME, "its end", JsonNode::isMissingNode);
      assertThat(operator.isAlive()).isTrue();
      assertThat(SECURITY.cluster().topicsOf(tenant.namespace()))
          .as("topics to be deleted")
          .isEmpty();
    }
  }

  /** A replica that cannot take part in the election ends and says why: it is started again. */
  @Test
  void withoutARightToTheLeaseTheProcessEndsAndNamesIt() {
    for (String verb : List.of("get", "create", "update", "patch")) {
      rights.dropEverywhere(
          right -> right.resource().equals("leases") && right.verb().equals(verb));
      try (var operator = SECURITY.cluster().startOperator(OperatorSettings.AS_SHIPPED)) {
        await("the end of a replica without " + verb + " leases")
            .atMost(Duration.ofSeconds(60))
            .until(() -> !operator.isAlive());
        assertThat(log(operator)).contains("lease").contains(verb);
      }
    }
  }

  private void untilSaid(
      ResourceDefinitionContext kind, String name, String verb, Set<String> resources) {
    Predicate<JsonNode> said =
        object -> resources.stream().allMatch(resource -> refuses(object, verb, resource));
    tenant.until(kind, name, "told that it cannot " + verb + " " + resources, said);
  }

  /** Whether conditions, or the list of children, name what is missing. */
  private static boolean refuses(JsonNode object, String verb, String resource) {
    String wanted = "cannot " + verb + " resource \"" + resource;
    return texts(object.at("/status/conditions"), wanted)
        || texts(object.at("/status/children"), wanted);
  }

  private static boolean texts(JsonNode list, String wanted) {
    for (JsonNode each : list) {
      if (each.path("message").asText().contains(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isList(Right right) {
    return right.verb().equals("list");
  }

  private static boolean isOurs(Right right) {
    return right.group().equals("millrace.dev");
  }

  private static boolean isPipeline(Right right) {
    return right.resource().equals("featurepipelines");
  }

  private static String log(OperatorProcess operator) {
    try {
      return Files.readString(operator.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
