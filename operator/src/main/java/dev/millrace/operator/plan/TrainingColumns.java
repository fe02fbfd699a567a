package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.operator.plan.spec.LabelWindowSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec.SurrogateSpec;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names and origins of a training set's columns: reliability.md §6, rows 111, 117. */
final class TrainingColumns {
  private final LabelWindowSpec spec;
  private final Violations violations;

  TrainingColumns(LabelWindowSpec spec, Violations violations) {
    this.spec = spec;
    this.violations = violations;
  }

  /**
   * @param labelTopic topic of the label, null after a violation
   */
  void check(List<JoinPlan> joins, TopicPlan labelTopic) {
    names(joins);
    for (int i = 0; i < joins.size() && labelTopic != null; i++) {
      leakage(
          spec.features().isEmpty() ? "spec.features" : "spec.features[" + i + "]",
          joins.get(i),
          labelTopic);
    }
  }

  private void names(List<JoinPlan> joins) {
    var taken = new HashMap<String, String>();
    for (JoinPlan join : joins) {
      join.columns().forEach(column -> taken.put(column, "a feature column"));
    }
    String label = spec.label().name();
    once("spec.label.name", label, label, "label", taken);
    for (SurrogateSpec surrogate : spec.surrogates()) {
      String path = "spec.surrogates[" + surrogate.name() + "].name";
      if (surrogate.name().equals(label)) {
        violations.duplicate(path, quote(label) + " is the label; rename the surrogate");
      } else {
        once(path, surrogate.name(), surrogate.name() + "_surrogate", "surrogate", taken);
      }
    }
  }

  private void once(
      String path, String name, String column, String noun, HashMap<String, String> taken) {
    String owner = taken.putIfAbsent(column, "the " + noun);
    if (owner != null) {
      violations.duplicate(path, quote(name) + " is " + owner + "; rename the " + noun);
    }
  }

  private void leakage(String path, JoinPlan join, TopicPlan labelTopic) {
    TopicPlan topic = join.pipeline().topic();
    if (topic.kafkaName().equals(labelTopic.kafkaName())
        && topic.connection().name().equals(labelTopic.connection().name())) {
      violations.notice(
          path,
          join.pipeline().name()
              + " reads "
              + labelTopic.name()
              + ", the topic of the label; check "
              + String.join(", ", features(join))
              + " for target leakage");
    }
  }

  private static Set<String> features(JoinPlan join) {
    var features = new LinkedHashSet<String>();
    for (String entity : join.entities()) {
      for (ColumnPlan column : join.pipeline().entity(entity).columns()) {
        if (join.columns().stream()
            .anyMatch(name -> name.endsWith(entity + "__" + column.name()))) {
          features.add(column.feature());
        }
      }
    }
    return features;
  }
}
