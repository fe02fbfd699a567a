package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.contract.FieldType;
import dev.millrace.contract.LabelMatch;
import dev.millrace.operator.plan.spec.LabelWindowSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec.SurrogateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Source, match and value of every surrogate: the rules of a label. */
final class SurrogateRules {
  private final LabelWindowSpec spec;
  private final ExpressionRules expressions;
  private final Violations violations;

  /** Value without an event by name: false of Boolean ones, null of others. */
  private final Map<String, String> absent = new TreeMap<>();

  SurrogateRules(LabelWindowSpec spec, ExpressionRules expressions, Violations violations) {
    this.spec = spec;
    this.expressions = expressions;
    this.violations = violations;
  }

  /** Checks what needs no pipeline; the topics in the order of the spec. */
  List<TopicPlan> own(TopicRules topicRules) {
    var topics = new ArrayList<TopicPlan>();
    for (SurrogateSpec surrogate : spec.surrogates()) {
      String source = path(surrogate) + ".source";
      new SourceRules(source, surrogate.source(), violations).check();
      topics.add(topicRules.plan(source, surrogate.source()));
      rules(surrogate)
          .value(surrogate.value())
          .filter(type -> type.type() == FieldType.BOOLEAN)
          .ifPresent(type -> absent.put(surrogate.name(), "false"));
      oneConnection(source, surrogate);
    }
    return topics;
  }

  /** An extract has the certificates of one Kafka. */
  private void oneConnection(String source, SurrogateSpec surrogate) {
    String label = spec.label().source().connection();
    if (!surrogate.source().connection().equals(label)) {
      violations.invalid(
          source + ".connection",
          quote(surrogate.source().connection())
              + " is not "
              + quote(label)
              + ", the connection of spec.label.source; bring both topics to one connection");
    }
  }

  /**
   * Plans by name.
   *
   * @param topics what {@link #own} answered
   */
  SortedMap<String, SurrogatePlan> plan(PipelinePlan anchor, List<TopicPlan> topics) {
    var plans = new TreeMap<String, SurrogatePlan>();
    for (int i = 0; i < spec.surrogates().size(); i++) {
      SurrogateSpec surrogate = spec.surrogates().get(i);
      LabelMatch match = rules(surrogate).match(surrogate.match(), anchor);
      if (match != null && violations.none()) {
        String whenAbsent = absent.getOrDefault(surrogate.name(), "");
        plans.put(
            surrogate.name(),
            new SurrogatePlan(
                LabelDefinitions.surrogate(spec, surrogate, match, whenAbsent), topics.get(i)));
      }
    }
    return plans;
  }

  private LabelRules rules(SurrogateSpec surrogate) {
    return new LabelRules(path(surrogate), surrogate.source(), expressions, violations);
  }

  private static String path(SurrogateSpec surrogate) {
    return "spec.surrogates[" + surrogate.name() + "]";
  }
}
