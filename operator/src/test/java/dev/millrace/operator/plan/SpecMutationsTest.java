package dev.millrace.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.millrace.operator.TestCatalogue;
import dev.millrace.operator.config.OperatorConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever one value of a valid spec becomes, there is an answer and no exception. */
class SpecMutationsTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final List<JsonNode> WRONG =
      List.of(
          NullNode.getInstance(),
          new TextNode(""),
          new TextNode("99999d"),
          new TextNode("a b\n\"'\u2028"),
          new IntNode(-1),
          JsonNodeFactory.instance.objectNode());

  /** The samples that write every field out. */
  static Stream<PlannerSamples> samples() {
    return PlannerSamples.of("valid").stream().filter(sample -> sample.name().contains("full"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void answersWhateverOneValueBecomes(PlannerSamples sample) throws JsonProcessingException {
    JsonNode document = YAML.readTree(sample.yaml());
    var places = new ArrayList<JsonPointer>();
    places(document, JsonPointer.empty(), places);

    int answers = 0;
    for (JsonPointer place : places) {
      for (JsonNode wrong : WRONG) {
        JsonNode mutant = document.deepCopy();
        put(mutant, place, wrong);
        answers += answered(YAML.writeValueAsString(mutant));
      }
    }
    assertThat(answers).isEqualTo(places.size() * WRONG.size());
  }

  /** One, if each resource of the text is refused or planned. */
  private static int answered(String yaml) {
    Resources resources = ResourceReader.read("mutant.yaml", yaml, "default");
    var references =
        new References(
            TestCatalogue.connections(),
            resources.pipelines(),
            resources.labelWindows(),
            TestCatalogue.NOW);
    int results = resources.refusals().size();
    for (var pipeline : resources.pipelines()) {
      results += Planner.plan(pipeline, references, OperatorConfig.DEFAULT) == null ? 0 : 1;
    }
    for (var window : resources.labelWindows()) {
      results += Planner.plan(window, references, OperatorConfig.DEFAULT) == null ? 0 : 1;
    }
    assertThat(results).as(yaml).isEqualTo(1);
    return results;
  }

  private static void places(JsonNode node, JsonPointer at, List<JsonPointer> into) {
    if (node instanceof ObjectNode object) {
      object
          .fields()
          .forEachRemaining(
              member -> {
                into.add(at.appendProperty(member.getKey()));
                places(member.getValue(), at.appendProperty(member.getKey()), into);
              });
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      into.add(at.appendIndex(0));
      places(array.get(0), at.appendIndex(0), into);
    }
  }

  private static void put(JsonNode document, JsonPointer place, JsonNode value) {
    JsonNode parent = document.at(place.head());
    if (parent instanceof ObjectNode object) {
      object.set(place.last().getMatchingProperty(), value);
    } else {
      ((ArrayNode) parent).set(place.last().getMatchingIndex(), value);
    }
  }
}
