package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.operator.plan.spec.EntitySpec;
import dev.millrace.operator.plan.spec.EntitySpec.FeatureSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec;
import dev.millrace.operator.plan.spec.PipelineSpec;
import dev.millrace.v1alpha1.LabelWindow;
import java.util.List;

/** How far data must reach back: reliability.md §6, rows 42, 44, 45, 102. */
final class ReachRules {
  private final PipelineSpec spec;
  private final Violations violations;
  private Span longestWindow = Span.of("0s");
  private Span itsOffset = Span.of("0s");
  private Span plainLongest = Span.of("0s");

  ReachRules(PipelineSpec spec, Violations violations) {
    this.spec = spec;
    this.violations = violations;
    for (EntitySpec entity : spec.entities()) {
      for (FeatureSpec feature : entity.features()) {
        feature.windows().forEach(window -> reach(Span.of(window), Span.of(feature.offset())));
      }
    }
  }

  private void reach(Span window, Span offset) {
    if (window.millis() + offset.millis() > reachMillis()) {
      longestWindow = window;
      itsOffset = offset;
    }
    if (window.millis() > plainLongest.millis()) {
      plainLongest = window;
    }
  }

  /** Longest window + offset. */
  long reachMillis() {
    return longestWindow.millis() + itsOffset.millis();
  }

  void check(List<LabelWindow> readers) {
    outOfOrderness();
    horizon();
    retention();
    for (LabelWindow reader : readers) {
      offlineRetention(reader, ResourceSpecs.of(reader));
    }
  }

  private void outOfOrderness() {
    Span bound = Span.of(spec.source().watermark().maxOutOfOrderness());
    if (bound.millis() > plainLongest.millis()) {
      violations.invalid(
          "spec.source.watermark.maxOutOfOrderness",
          quote(bound.text())
              + " is longer than the longest window "
              + plainLongest
              + "; lower it");
    }
  }

  private void horizon() {
    Span horizon = Span.of(spec.source().deduplication().horizon());
    Span lateness = Span.of(spec.source().allowedLateness());
    Span bound = Span.of(spec.source().watermark().maxOutOfOrderness());
    long least = lateness.millis() + bound.millis();
    if (horizon.millis() < least) {
      violations.invalid(
          "spec.source.deduplication.horizon",
          quote(horizon.text())
              + " is shorter than "
              + Span.ofMillis(least)
              + " = allowedLateness "
              + lateness
              + " + maxOutOfOrderness "
              + bound
              + ", late copies would count twice; set at least "
              + Span.atLeast(least));
    }
  }

  /** A replay needs longest window + offset + horizon + lateness (semantics.md §4). */
  private void retention() {
    Span retention = Span.of(spec.source().topic().retention());
    Span horizon = Span.of(spec.source().deduplication().horizon());
    Span lateness = Span.of(spec.source().allowedLateness());
    long least = reachMillis() + horizon.millis() + lateness.millis();
    if (spec.source().topic().managed() && retention.millis() < least) {
      violations.invalid(
          "spec.source.topic.retention",
          quote(retention.text())
              + " is shorter than "
              + Span.ofMillis(least)
              + " = longest window "
              + longestWindow
              + " + offset "
              + itsOffset
              + " + deduplication.horizon "
              + horizon
              + " + allowedLateness "
              + lateness
              + "; set at least "
              + Span.atLeast(least));
    }
  }

  private void offlineRetention(LabelWindow reader, LabelWindowSpec window) {
    Span retention = Span.of(spec.offline().retention());
    Span gap = Span.of(window.gap());
    Span attribution = Span.of(window.attributionWindow());
    Span delay = Span.of(window.labelDelay());
    long least = reachMillis() + gap.millis() + attribution.millis() + delay.millis();
    if (retention.millis() < least) {
      violations.invalid(
          "spec.offline.retention",
          quote(retention.text())
              + " is shorter than "
              + Span.ofMillis(least)
              + ", needed by LabelWindow "
              + reader.getMetadata().getNamespace()
              + "/"
              + reader.getMetadata().getName()
              + " (window "
              + Span.ofMillis(reachMillis())
              + " + gap "
              + gap
              + " + attribution "
              + attribution
              + " + delay "
              + delay
              + "); raise it");
    }
  }
}
