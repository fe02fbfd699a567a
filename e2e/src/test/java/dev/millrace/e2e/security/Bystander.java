package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * An honest pipeline beside hostile ones of its namespace, and the operator of all of them:
 * whatever the others do, both go on.
 */
final class Bystander implements AutoCloseable {
  private static final String NAME = "witness";
  private static final int LONGEST_MESSAGE = 4096;
  private static final int LONGEST_STATUS = 65_536;

  private final QuickCluster cluster;
  private final OperatorOptions options;
  private final Tenant tenant;
  private OperatorProcess operator;

  Bystander(QuickCluster cluster, OperatorOptions options) {
    this.cluster = cluster;
    this.options = options;
    operator = cluster.startOperator(options).awaitReady();
    tenant = cluster.tenant();
    tenant.create(named(NAME));
    tenant.awaitReady(PIPELINE, NAME, "Running");
  }

  /** Who has the namespace. */
  Tenant tenant() {
    return tenant;
  }

  /** A pipeline with a topic of its own. */
  static String named(String name) {
    return Samples.pipeline("Retain")
        .replace("{name: card-fraud}", "{name: " + name + "}")
        .replace("name: payments.tx", "name: " + name);
  }

  /** Ends the operator and starts the next one. */
  void restart() {
    operator.close();
    operator = cluster.startOperator(options).awaitReady();
  }

  /** Its pipeline is changed and runs again, and the operator has not died of the others. */
  void isLookedAfter() {
    JsonNode witness = tenant.read(PIPELINE, NAME);
    int next = witness.at("/spec/stream/parallelism").asInt() % 2 + 1;
    tenant.patch(PIPELINE, NAME, "{\"spec\":{\"stream\":{\"parallelism\":" + next + "}}}");
    tenant.awaitReady(PIPELINE, NAME, "Running");
    assertThat(operator.isAlive()).as("the operator lives").isTrue();
  }

  /** Each text of a status is on one line of printable characters, and not long. */
  static void isBounded(Tenant owner, ResourceDefinitionContext kind, String name) {
    JsonNode status = owner.read(kind, name).path("status");
    assertThat(status.toString().length())
        .as("size of the status of " + name)
        .isLessThan(LONGEST_STATUS);
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

  @Override
  public void close() {
    operator.close();
  }
}
