package dev.millrace.operator.plan;

import dev.millrace.contract.Attribution;
import dev.millrace.contract.DurationText;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.LabelMatch;
import dev.millrace.contract.Surrogate;
import dev.millrace.operator.plan.spec.LabelWindowSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec.LabelSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec.SurrogateSpec;
import dev.millrace.operator.plan.spec.SourceSpec;

/** Definitions of a checked LabelWindow's label and surrogates: they differ only in the window. */
final class LabelDefinitions {
  private LabelDefinitions() {}

  static LabelDefinition label(LabelWindowSpec spec, LabelMatch match) {
    LabelSpec label = spec.label();
    return of(
        spec,
        label.name(),
        label.source(),
        match,
        label.value(),
        label.whenAbsent(),
        spec.attributionWindow());
  }

  /**
   * @param whenAbsent its value without an event; empty for null
   */
  static LabelDefinition surrogate(
      LabelWindowSpec spec, SurrogateSpec surrogate, LabelMatch match, String whenAbsent) {
    return of(
        spec,
        Surrogate.column(surrogate.name()),
        surrogate.source(),
        match,
        surrogate.value(),
        whenAbsent,
        surrogate.attributionWindow());
  }

  private static LabelDefinition of(
      LabelWindowSpec spec,
      String column,
      SourceSpec source,
      LabelMatch match,
      String value,
      String whenAbsent,
      String window) {
    return new LabelDefinition(
        column,
        SourceSchemas.schema(source),
        match,
        value,
        whenAbsent,
        DurationText.millis(spec.gap()),
        DurationText.millis(window),
        DurationText.millis(spec.labelDelay()),
        DurationText.millis(source.stalledAfter()),
        EnumText.of(Attribution.values(), Attribution::text, spec.attribution()));
  }
}
