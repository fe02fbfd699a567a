package dev.millrace.operator.plan;

import dev.millrace.operator.plan.spec.LabelWindowSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec.JoinSpec;
import dev.millrace.v1alpha1.LabelWindow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Keeps columns that a LabelWindow names: reliability.md §6, row 70. */
final class ColumnReaders {
  private final PipelinePlan before;
  private final PipelinePlan after;
  private final References references;
  private final Violations violations;

  ColumnReaders(
      PipelinePlan before, PipelinePlan after, References references, Violations violations) {
    this.before = before;
    this.after = after;
    this.references = references;
    this.violations = violations;
  }

  void check() {
    for (EntityPlan entity : before.entities()) {
      var removed = new LinkedHashSet<>(names(entity));
      EntityPlan now = after.entity(entity.name());
      if (now != null) {
        removed.removeAll(names(now));
      }
      for (LabelWindow window : references.labelWindowsIn(after.namespace())) {
        if (!removed.isEmpty() && SpecShape.hasTimes(window)) {
          named(window, entity.name(), removed);
        }
      }
    }
  }

  private static List<String> names(EntityPlan entity) {
    return entity.columns().stream().map(ColumnPlan::name).toList();
  }

  private void named(LabelWindow window, String entity, Set<String> removed) {
    LabelWindowSpec spec = ResourceSpecs.of(window);
    for (JoinSpec join : spec.features()) {
      if (join.pipelineRef().name().equals(after.name())
          && (join.entity().isEmpty() || join.entity().equals(entity))) {
        join.include().stream()
            .filter(removed::contains)
            .forEach(
                column ->
                    violations.forbidden(
                        "spec.entities[" + entity + "].features",
                        "LabelWindow "
                            + window.getMetadata().getNamespace()
                            + "/"
                            + window.getMetadata().getName()
                            + " names column "
                            + column
                            + "; change it first"));
      }
    }
  }
}
