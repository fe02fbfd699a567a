package dev.millrace.crds.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule and every message of both CRDs compiles, and says what the user reads. */
class RulesTest {
  private static final CelRules RULES = new CelRules();

  static List<RuleText> rules() {
    var rules = new ArrayList<RuleText>();
    for (CustomResourceKind kind : CustomResourceKind.values()) {
      collect(kind.schema(), rules);
    }
    return rules;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void compiles(RuleText rule) {
    assertThat(RULES.program(rule.rule())).isNotNull();
    if (!rule.messageExpression().isEmpty()) {
      assertThat(RULES.program(rule.messageExpression())).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hasOneMessage(RuleText rule) {
    assertThat(rule.message().isEmpty()).isNotEqualTo(rule.messageExpression().isEmpty());
  }

  private static void collect(SchemaNode schema, List<RuleText> rules) {
    rules.addAll(schema.rules());
    schema.properties().forEach(name -> collect(schema.member(name), rules));
    if (schema.has("items")) {
      collect(schema.items(), rules);
    }
  }
}
