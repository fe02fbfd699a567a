package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.operator.plan.spec.LabelWindowSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec.SurrogateSpec;
import dev.millrace.operator.plan.spec.SourceSpec;

/** When a label is final: reliability.md §6, rows 46, 112, 113, 115, 116. */
final class LabelTimeRules {
  private static final Span LONGEST = Span.of("366d");

  private final LabelWindowSpec spec;
  private final Span gap;
  private final Span attribution;
  private final Span delay;
  private final Violations violations;

  LabelTimeRules(LabelWindowSpec spec, Violations violations) {
    this.spec = spec;
    this.gap = Span.of(spec.gap());
    this.attribution = Span.of(spec.attributionWindow());
    this.delay = Span.of(spec.labelDelay());
    this.violations = violations;
  }

  void check() {
    if (attribution.millis() > LONGEST.millis()) {
      violations.invalid(
          "spec.attributionWindow",
          quote(attribution.text()) + " is longer than " + LONGEST + "; use a shorter window");
    }
    retention("spec.label.source", spec.label().source(), attribution);
    stalled("spec.label.source", spec.label().source());
    if (spec.label().match().entity() == null && !spec.attribution().equals("LastTouch")) {
      violations.notice(
          "spec.attribution",
          spec.attribution() + " has no effect, spec.label.match names one anchor; remove it");
    }
    spec.surrogates().forEach(this::surrogate);
  }

  private void surrogate(SurrogateSpec surrogate) {
    String path = "spec.surrogates[" + surrogate.name() + "]";
    Span window = Span.of(surrogate.attributionWindow());
    if (window.millis() >= attribution.millis()) {
      violations.invalid(
          path + ".attributionWindow",
          "must be shorter than spec.attributionWindow "
              + attribution
              + ", got "
              + quote(window.text())
              + "; a proxy must be known earlier");
    }
    retention(path + ".source", surrogate.source(), window);
  }

  private void retention(String path, SourceSpec source, Span window) {
    Span retention = Span.of(source.topic().retention());
    long least = gap.millis() + window.millis() + delay.millis();
    if (source.topic().managed() && retention.millis() < least) {
      violations.invalid(
          path + ".topic.retention",
          quote(retention.text())
              + " is shorter than "
              + Span.ofMillis(least)
              + " = gap "
              + gap
              + " + attributionWindow "
              + window
              + " + labelDelay "
              + delay
              + "; set at least "
              + Span.atLeast(least));
    }
  }

  private void stalled(String path, SourceSpec source) {
    Span stalledAfter = Span.of(source.stalledAfter());
    if (delay.millis() < stalledAfter.millis()) {
      violations.invalid(
          "spec.labelDelay",
          quote(delay.text())
              + " is shorter than "
              + path
              + ".stalledAfter "
              + stalledAfter
              + ", a dead feed would read as negatives; set at least "
              + stalledAfter);
    }
  }
}
