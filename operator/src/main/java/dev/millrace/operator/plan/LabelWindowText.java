package dev.millrace.operator.plan;

import dev.millrace.contract.DurationText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Collectors;

/** Plans of LabelWindows for people. */
final class LabelWindowText {
  private LabelWindowText() {}

  /**
   * A LabelWindow's plan.
   *
   * @param children what the plan makes
   */
  static String of(LabelWindowPlan plan, List<HasMetadata> children) {
    return "%s (%s)   %s of %s   window %s + gap %s + delay %s%n"
            .formatted(
                plan.name(),
                plan.namespace(),
                plan.label().name(),
                plan.anchor().name(),
                DurationText.text(plan.label().attributionWindowMillis()),
                DurationText.text(plan.label().gapMillis()),
                DurationText.text(plan.label().labelDelayMillis()))
        + "  %s %s%n".formatted(PlanText.pad("labels", 9), PlanText.topic(plan.topic()))
        + "  %s %d from %s%n"
            .formatted(
                PlanText.pad("columns", 9),
                plan.columns().size(),
                plan.joins().stream()
                    .map(join -> join.pipeline().name())
                    .distinct()
                    .collect(Collectors.joining(", ")))
        + "  %s \"%s\" %s%n"
            .formatted(
                PlanText.pad("schedule", 9), plan.extract().schedule(), plan.extract().timeZone())
        + "  %s %s%n".formatted(PlanText.pad("children", 9), PlanText.counts(children));
  }
}
