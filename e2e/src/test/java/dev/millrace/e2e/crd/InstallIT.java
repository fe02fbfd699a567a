package dev.millrace.e2e.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.crds.admission.CustomResourceKind;
import dev.millrace.e2e.cluster.Answer;
import dev.millrace.e2e.cluster.ClusterExtension;
import dev.millrace.e2e.cluster.Requests;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server takes our resource types as they are: every rule compiles, stays inside the budget of
 * what rules may cost, and the schema is structural.
 */
class InstallIT {
  private static final String TYPES = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String SCHEMA = "/spec/versions/0/schema/openAPIV3Schema";

  @RegisterExtension static final ClusterExtension CLUSTER = new ClusterExtension();

  @ParameterizedTest
  @EnumSource
  void isEstablishedWithoutObjection(CustomResourceKind kind) {
    Answer stored = new Requests(CLUSTER.client()).get(TYPES + "/" + name(kind));

    assertThat(condition(stored, "Established")).isEqualTo("True");
    assertThat(condition(stored, "NamesAccepted")).isEqualTo("True");
    assertThat(condition(stored, "NonStructuralSchema")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryRuleAndDefault(CustomResourceKind kind) {
    JsonNode stored = new Requests(CLUSTER.client()).get(TYPES + "/" + name(kind)).accepted();

    assertThat(stored.at(SCHEMA).findValues("x-kubernetes-validations"))
        .hasSameSizeAs(kind.crd().at(SCHEMA).findValues("x-kubernetes-validations"))
        .isNotEmpty();
    assertThat(stored.at(SCHEMA).findValues("default"))
        .hasSameSizeAs(kind.crd().at(SCHEMA).findValues("default"));
  }

  /** What the test above would look like if the server did not count. */
  @ParameterizedTest
  @EnumSource
  void wouldBeRefusedWithARuleThatCostsTooMuch(CustomResourceKind kind) {
    ObjectNode type = kind.crd().deepCopy();
    ObjectNode conditions =
        (ObjectNode) type.at(SCHEMA + "/properties/status/properties/conditions");
    conditions.remove("maxItems");
    conditions
        .withArray("/x-kubernetes-validations")
        .addObject()
        .put("rule", "self.all(a, self.all(b, self.all(c, a.message + b.message != c.message)))")
        .put("message", "no two make a third");
    type.withObject("/spec").put("group", "expensive.millrace.dev");
    type.withObject("/metadata")
        .put("name", type.at("/spec/names/plural").asText() + ".expensive.millrace.dev");

    Answer answer = new Requests(CLUSTER.client()).post(TYPES + "?dryRun=All", type);

    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.body().path("message").asText()).contains("exceeds budget");
  }

  private static String condition(Answer type, String name) {
    for (JsonNode condition : type.accepted().at("/status/conditions")) {
      if (condition.path("type").asText().equals(name)) {
        return condition.path("status").asText();
      }
    }
    return "";
  }

  private static String name(CustomResourceKind kind) {
    return kind.crd().at("/metadata/name").asText();
  }
}
