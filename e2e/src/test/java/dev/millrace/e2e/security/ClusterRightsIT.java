package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static dev.millrace.e2e.neighbour.Kinds.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import dev.millrace.e2e.neighbour.Kinds;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.List;
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
  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  /** Kinds whose objects a pipeline consists of from the beginning. */
  private static final Set<String> PARTS =
      Set.of("kafkatopics", "services", "statefulsets", "networkpolicies", "configmaps");

  /** Milliseconds; the client doubles its pause up to 32 times this. */
  private static final String PAUSE = "20";

  /** A start waits for caches some times one after the other. */
  private static final OperatorOptions QUICK_TO_LIST =
      OperatorOptions.ALONE
          .withVariable("KUBERNETES_WATCH_RECONNECTINTERVAL", PAUSE)
          .with("cacheWaitSeconds", "2");

  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private NarrowedRights rights;
  private Tenant tenant;

  @BeforeEach
  void read() {
    rights = new NarrowedRights(QUICK.cluster().client());
    tenant = QUICK.cluster().tenant();
  }

  @AfterEach
  void giveBack() {
    rights.close();
  }

  @Test
  void whatCannotBeListedIsNamedAndNotTakenForGone() {
    rights.dropEverywhere(right -> isList(right) && !isPipeline(right));
    try (var operator = QUICK.cluster().startOperator(QUICK_TO_LIST).awaitReady()) {
      tenant.create(Samples.managedRedis("Delete"));
      untilSaid(PIPELINE, Samples.PIPELINE, "list", Set.of("flinkdeployments"));

      rights.dropEverywhere(right -> isList(right) && !isPipeline(right) && !isJob(right));
      untilSaid(PIPELINE, Samples.PIPELINE, "list", Set.of("labelwindows"));

      rights.dropEverywhere(right -> isList(right) && !isOurs(right) && !isJob(right));
      untilSaid(PIPELINE, Samples.PIPELINE, "list", PARTS);
      tenant.create(Samples.window("Delete"));
      untilSaid(WINDOW, Samples.WINDOW, "list", Set.of("configmaps"));
      tenant.delete(PIPELINE, Samples.PIPELINE);
      tenant.until(
          PIPELINE,
          Samples.PIPELINE,
          "waiting with its deletion",
          object ->
              Conditions.condition(object, "Ready").path("reason").asText().equals("Deleting")
                  && refuses(object, "list", ""));

      rights.close();
      tenant.until(PIPELINE, Samples.PIPELINE, "its end", JsonNode::isMissingNode);
      tenant.until(
          WINDOW,
          Samples.WINDOW,
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
    try (var operator = QUICK.cluster().startOperator(QUICK_TO_LIST).awaitReady()) {
      tenant.create(Samples.pipeline("Retain"));
      tenant.create(Samples.window("Retain"));
      untilSaid(WINDOW, Samples.WINDOW, "list", Set.of("featurepipelines"));

      rights.dropEverywhere(right -> right.verb().equals("watch"));
      tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
      new Lives(tenant).awaitWindow();
      assertThat(operator.logged()).contains("Received 403 on websocket");
      assertThat(operator.isAlive()).isTrue();
    }
  }

  /** Neither is it harmless nor a reason to keep what was to be deleted. */
  @Test
  void aDeletionWaitsUntilOurDefinitionsCanBeRead() {
    try (var operator = QUICK.cluster().startOperator(OperatorOptions.ALONE).awaitReady()) {
      new Lives(tenant).createManaged("Delete");
      rights.dropEverywhere(right -> right.resource().equals("customresourcedefinitions"));
      tenant.delete(PIPELINE, Samples.PIPELINE);
      untilSaid(PIPELINE, Samples.PIPELINE, "get", Set.of("customresourcedefinitions"));
      assertThat(tenant.read(PIPELINE, Samples.PIPELINE).at("/status/conditions/0/reason").asText())
          .isEqualTo("Deleting");

      rights.close();
      tenant.until(PIPELINE, Samples.PIPELINE, "its end", JsonNode::isMissingNode);
      assertThat(operator.isAlive()).isTrue();
      assertThat(tenant.children(Kinds.TOPIC)).as("topics to be deleted").isEmpty();
    }
  }

  /** A replica that cannot take part in the election ends and says why: it is started again. */
  @Test
  void withoutARightToTheLeaseTheProcessEndsAndNamesIt() {
    for (String verb : List.of("get", "create", "update")) {
      withoutOnLeases(verb);
      try (var operator = QUICK.cluster().startOperator(OperatorOptions.REPLICA)) {
        await("the end of a replica without " + verb + " leases")
            .atMost(LONGEST_START)
            .until(() -> !operator.isAlive());
        assertThat(operator.logged()).contains("lease").contains(verb);
      }
    }
  }

  /** The framework looks for that right only when it asks for the lease, again and again. */
  @Test
  void withoutARightToRenewTheLeaseNoReplicaLeadsAndTheLogNamesIt() {
    withoutOnLeases("patch");
    try (var operator = QUICK.cluster().startOperator(OperatorOptions.REPLICA)) {
      await("the word of a replica without patch leases")
          .atMost(LONGEST_START)
          .until(() -> operator.logged().contains("cannot patch resource \\\"leases"));
    }
  }

  private void withoutOnLeases(String verb) {
    rights.dropEverywhere(right -> right.resource().equals("leases") && right.verb().equals(verb));
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

  /** What tells first whether a pipeline has run before. */
  private static boolean isJob(Right right) {
    return right.resource().equals("flinkdeployments");
  }

  private static boolean isPipeline(Right right) {
    return right.resource().equals("featurepipelines");
  }
}
