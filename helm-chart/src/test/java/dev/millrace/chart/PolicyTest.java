package dev.millrace.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom the operator's pods may talk to (reliability.md §3.5), and the hook that ends them. */
class PolicyTest {
  @Test
  void theOperatorReachesWhatItNeedsAndNoMore() {
    List<JsonNode> objects = MillraceChart.renderFile("full-values.yaml");
    JsonNode spec = MillraceChart.only(objects, "NetworkPolicy", "millrace").path("spec");

    assertThat(lines(spec.path("ingress"), "from"))
        .containsExactly("8080 of [namespace kubernetes.io/metadata.name=monitoring]");
    assertThat(lines(spec.path("egress"), "to"))
        .containsExactly(
            "53 53 of anyone",
            "443 6443 of [10.96.0.1/32]",
            "8081 of [any namespace app.kubernetes.io/managed-by=millrace"
                + " millrace.dev/component=stream]",
            "8081 of [10.2.0.0/16]");
    assertThat(spec.path("policyTypes")).hasSize(2);
  }

  @Test
  void oneReplicaNeedsNoBudget() {
    assertThat(MillraceChart.ofKind(MillraceChart.render("replicas: 1"), "PodDisruptionBudget"))
        .isEmpty();
    assertThat(MillraceChart.ofKind(MillraceChart.render("replicas: 2"), "PodDisruptionBudget"))
        .hasSize(1);
  }

  @Test
  void theHookRunsBeforeTheRestGoesAndLeavesNothing() {
    List<JsonNode> hooks =
        MillraceChart.render("watchNamespaces: [fraud]").stream()
            .filter(object -> object.at("/metadata/annotations").has(MillraceChart.VISIBLE_HOOK))
            .toList();

    assertThat(hooks)
        .extracting(hook -> hook.path("kind").asText())
        .containsExactlyInAnyOrder(
            "ServiceAccount", "Role", "RoleBinding", "Role", "RoleBinding", "Job");
    for (JsonNode hook : hooks) {
      JsonNode annotations = hook.at("/metadata/annotations");
      assertThat(annotations.path(MillraceChart.VISIBLE_HOOK).asText()).isEqualTo("pre-delete");
      assertThat(annotations.path("helm.sh/hook-delete-policy").asText())
          .contains("hook-succeeded");
      assertThat(annotations.path("helm.sh/hook-weight").asInt() < 0)
          .isEqualTo(!hook.path("kind").asText().equals("Job"));
    }
    JsonNode job = MillraceChart.only(hooks, "Job", "millrace-uninstall");
    assertThat(job.at("/spec/template/spec/containers/0/args"))
        .extracting(JsonNode::asText)
        .containsExactly("/etc/millrace", "release-finalizers", "millrace-system/millrace");
  }

  @Test
  void alertsArriveAsTheyAreWritten() throws IOException {
    JsonNode rule =
        MillraceChart.only(
            MillraceChart.renderFile("full-values.yaml"), "PrometheusRule", "millrace");

    assertThat(rule.path("spec"))
        .isEqualTo(
            MillraceChart.YAML.readTree(
                MillraceChart.FOLDER.resolve("files/alerts.yaml").toFile()));
    assertThat(rule.at("/spec/groups")).isNotEmpty();
  }

  private static List<String> lines(JsonNode rules, String direction) {
    var lines = new ArrayList<String>();
    for (JsonNode rule : rules) {
      var ports = new ArrayList<String>();
      rule.path("ports").forEach(port -> ports.add(port.path("port").asText()));
      var peers = new ArrayList<String>();
      rule.path(direction).forEach(peer -> peers.add(peer(peer)));
      lines.add(String.join(" ", ports) + " of " + (peers.isEmpty() ? "anyone" : peers));
    }
    return lines;
  }

  private static String peer(JsonNode peer) {
    if (peer.has("ipBlock")) {
      return peer.at("/ipBlock/cidr").asText();
    }
    String namespaces = labels(peer.path("namespaceSelector"));
    return (namespaces.isEmpty() ? "any namespace" : "namespace " + namespaces)
        + (peer.has("podSelector") ? " " + labels(peer.path("podSelector")) : "");
  }

  private static String labels(JsonNode selector) {
    var labels = new ArrayList<String>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(label -> labels.add(label.getKey() + "=" + label.getValue().asText()));
    return String.join(" ", labels);
  }
}
