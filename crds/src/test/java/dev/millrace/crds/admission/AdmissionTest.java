package dev.millrace.crds.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.crds.sample.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values that a row of the catalogue lists beside the one it has a sample for. */
class AdmissionTest {
  private static final Admission ADMISSION = new Admission();
  private static final String DURATION = "'^[1-9][0-9]{0,4}(s|m|h|d)$'";

  @ParameterizedTest
  @ValueSource(strings = {"5", "PT5M", "1e3s", "1mo", "300y", "-5m", "1ms", "0s", "", "5m\n"})
  void refusesWhatIsNoDuration(String duration) {
    assertThat(withSpec("slide", duration))
        .singleElement()
        .asString()
        .startsWith("spec.slide: Invalid value: ")
        .endsWith(": spec.slide in body should match " + DURATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tx", "a b", "a\nb", "é", "_x", "", "a/b", "..", "9a"})
  void refusesWhatIsNoName(String name) {
    assertThat(withEntityName(name))
        .singleElement()
        .asString()
        .endsWith("in body should match '^[a-z][a-z0-9_]{0,62}$'");
  }

  @Test
  void admitsNamesUpToTheirBound() {
    assertThat(withEntityName("e".repeat(63))).isEmpty();
    assertThat(withEntityName("e".repeat(64))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://h", "A", "-a", "a-", "a.b", "../a"})
  void refusesAddressesForConnections(String connection) {
    assertThat(withSpec("online", json("{\"connection\": \"" + connection + "\"}")))
        .singleElement()
        .asString()
        .contains("spec.online.connection in body should match");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../fraud", "Fraud", "a_b", "a/b"})
  void refusesNamesThatAreNoNames(String name) {
    var resource = minimal();
    ((ObjectNode) resource.get("metadata")).put("name", name);
    assertThat(texts(resource)).anyMatch(text -> text.contains("a lowercase RFC 1123 subdomain"));
    resource = minimal();
    ((ObjectNode) resource.get("metadata")).put("namespace", name);
    assertThat(texts(resource)).anyMatch(text -> text.contains("a lowercase RFC 1123 label"));
  }

  @Test
  void refusesAnnotationsOfMoreThanAQuarterMegabyte() {
    var resource = minimal();
    var annotations = ((ObjectNode) resource.get("metadata")).putObject("annotations");
    annotations.put("note", "x".repeat(256 * 1024 - "note".length()));
    assertThat(texts(resource)).isEmpty();
    annotations.put("note", "x".repeat(256 * 1024));
    assertThat(texts(resource))
        .contains("metadata.annotations: Too long: may not be more than 262144 bytes");
  }

  @Test
  void namesAllUnknownFieldsInOneRefusal() {
    var resource = minimal();
    ((ObjectNode) resource).put("extra", 1);
    ((ObjectNode) resource.at("/spec/entities/0/features/0")).put("window", "1h");
    assertThat(texts(resource))
        .containsExactly(
            "strict decoding error: unknown field \"spec.entities[0].features[0].window\","
                + " unknown field \"extra\"");
  }

  @Test
  void givesWayToADefaultWhereAFieldIsNull() {
    var resource = minimal();
    ((ObjectNode) resource.get("spec")).putNull("slide").putNull("online");
    assertThat(ADMISSION.withDefaults(resource).at("/spec/slide").asText()).isEqualTo("30s");
    assertThat(texts(resource))
        .contains(
            "spec.online: Invalid value: \"null\": spec.online in body must be of type object:"
                + " \"null\"");
  }

  @Test
  void saysWhichRuleCouldNotBeEvaluated() {
    var resource = minimal();
    ((ObjectNode) resource.get("spec")).set("online", json("{\"managed\": {\"storage\": \"\"}}"));
    var old = minimal();
    ((ObjectNode) old.get("spec")).set("online", json("{\"managed\": {\"storage\": \"4Gi\"}}"));
    assertThat(ADMISSION.update(resource, old))
        .anyMatch(refusal -> refusal.text().contains(" evaluating rule: "));
  }

  private static List<String> withSpec(String field, String value) {
    return withSpec(field, TextNode.valueOf(value));
  }

  private static List<String> withSpec(String field, JsonNode value) {
    var resource = minimal();
    ((ObjectNode) resource.get("spec")).set(field, value);
    return texts(resource);
  }

  private static List<String> withEntityName(String name) {
    var resource = minimal();
    ((ObjectNode) resource.at("/spec/entities/0")).put("name", name);
    return texts(resource);
  }

  private static List<String> texts(JsonNode resource) {
    return ADMISSION.create(resource).stream().map(Refusal::text).toList();
  }

  private static JsonNode minimal() {
    return Sample.folder("valid").stream()
        .filter(sample -> sample.name().equals("minimal"))
        .findFirst()
        .orElseThrow()
        .judged();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(text, broken);
    }
  }
}
