package dev.millrace.operator.plan;

import dev.millrace.operator.plan.spec.LabelWindowSpec;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which pipelines a LabelWindow reads. */
final class LabelWindowReads {
  private LabelWindowReads() {}

  /** Names of the anchor pipeline and of all joined ones. */
  static Set<String> pipelines(LabelWindowSpec window) {
    var names = new LinkedHashSet<String>();
    if (window.pipelineRef() != null) {
      names.add(window.pipelineRef().name());
    }
    window.features().forEach(join -> names.add(join.pipelineRef().name()));
    return names;
  }
}
