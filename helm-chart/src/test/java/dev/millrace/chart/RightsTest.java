package dev.millrace.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may do what where, as a golden file per member of the matrix (reliability.md §3.1, D3).
 * {@code -Dgolden.regenerate} writes what is made now.
 */
class RightsTest {
  private static final Path GOLDEN = MillraceChart.FOLDER.resolve("src/test/resources/golden");
  private static final YAMLMapper FLAT =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();
  private static final Set<String> NEVER =
      Set.of(
          "*",
          "roles",
          "rolebindings",
          "clusterroles",
          "clusterrolebindings",
          "serviceaccounts/token",
          "pods/exec",
          "pods/log",
          "pods/portforward",
          "pods/attach",
          "nodes",
          "mutatingwebhookconfigurations",
          "validatingwebhookconfigurations",
          "bind",
          "escalate",
          "impersonate");

  @ParameterizedTest
  @ValueSource(strings = {"default", "watched", "full", "least"})
  void rightsAreTheGoldenOnes(String name) throws IOException {
    List<JsonNode> objects = MillraceChart.renderFile(name + "-values.yaml");
    String rights = FLAT.writeValueAsString(bySubject(objects));
    Path golden = GOLDEN.resolve("rights-" + name + ".yaml");
    if (System.getProperty("golden.regenerate") != null) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, rights);
    }

    assertThat(rights).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("dev.millrace.chart.MillraceChart#matrix")
  void noRightIsOneOfTheForbidden(String file) {
    for (JsonNode role :
        MillraceChart.ofKind(MillraceChart.renderFile(file), "Role", "ClusterRole")) {
      for (JsonNode rule : role.path("rules")) {
        for (String part : List.of("apiGroups", "resources", "verbs")) {
          assertThat(texts(rule.path(part))).as("%s", role).doesNotContainAnyElementsOf(NEVER);
        }
        if (texts(rule.path("resources")).contains("secrets")) {
          assertThat(role.path("kind").asText()).isEqualTo("Role");
          assertThat(texts(rule.path("verbs"))).containsExactly("get", "create", "delete");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.millrace.chart.MillraceChart#matrix")
  void everyBindingNamesARoleOfTheChart(String file) {
    List<JsonNode> objects = MillraceChart.renderFile(file);
    for (JsonNode binding : MillraceChart.ofKind(objects, "RoleBinding", "ClusterRoleBinding")) {
      assertThat(role(objects, binding).path("rules")).as("%s", binding).isNotEmpty();
    }
  }

  /** Subject, then place, then rules in the order they are written. */
  private static Map<String, Map<String, List<String>>> bySubject(List<JsonNode> objects) {
    var rights = new TreeMap<String, Map<String, List<String>>>();
    for (JsonNode binding : MillraceChart.ofKind(objects, "RoleBinding", "ClusterRoleBinding")) {
      JsonNode subject = binding.at("/subjects/0");
      assertThat(binding.path("subjects")).hasSize(1);
      String who = subject.path("namespace").asText() + "/" + subject.path("name").asText();
      String where = binding.at("/metadata/namespace").asText("the cluster");
      rights
          .computeIfAbsent(who, key -> new TreeMap<>())
          .computeIfAbsent(where.isEmpty() ? "the cluster" : where, key -> new ArrayList<>())
          .addAll(rules(role(objects, binding)));
    }
    for (JsonNode role : MillraceChart.ofKind(objects, "ClusterRole")) {
      role.at("/metadata/labels").properties().stream()
          .map(Map.Entry::getKey)
          .filter(label -> label.startsWith("rbac.authorization.k8s.io/aggregate-to-"))
          .forEach(
              label ->
                  rights
                      .computeIfAbsent(label, key -> new LinkedHashMap<>())
                      .computeIfAbsent("wherever bound", key -> new ArrayList<>())
                      .addAll(rules(role)));
    }
    return rights;
  }

  private static JsonNode role(List<JsonNode> objects, JsonNode binding) {
    JsonNode reference = binding.path("roleRef");
    return MillraceChart.ofKind(objects, reference.path("kind").asText()).stream()
        .filter(role -> role.at("/metadata/name").equals(reference.path("name")))
        .filter(
            role ->
                role.path("kind").asText().equals("ClusterRole")
                    || role.at("/metadata/namespace").equals(binding.at("/metadata/namespace")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no role for " + binding));
  }

  private static List<String> rules(JsonNode role) {
    var rules = new ArrayList<String>();
    for (JsonNode rule : role.path("rules")) {
      String group = rule.at("/apiGroups/0").asText();
      for (String resource : texts(rule.path("resources"))) {
        List<String> names = texts(rule.path("resourceNames"));
        rules.add(
            (group.isEmpty() ? resource : resource + "." + group)
                + (names.isEmpty() ? "" : " " + names)
                + " - "
                + String.join(" ", texts(rule.path("verbs"))));
      }
    }
    return rules;
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
