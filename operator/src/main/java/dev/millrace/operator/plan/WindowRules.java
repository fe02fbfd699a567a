package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.contract.DurationText;
import dev.millrace.operator.config.Limits;
import dev.millrace.operator.plan.spec.EntitySpec.FeatureSpec;
import java.util.HashMap;

/** Windows and offsets on the grid: reliability.md §6, rows 46–50. */
final class WindowRules {
  private static final Span LONGEST = Span.of("366d");

  private final Span slide;
  private final Limits limits;
  private final Violations violations;

  WindowRules(Span slide, Limits limits, Violations violations) {
    this.slide = slide;
    this.limits = limits;
    this.violations = violations;
  }

  void check(String path, FeatureSpec feature) {
    if (feature.windows().size() > limits.windowsPerFeature()) {
      violations.invalid(
          path + ".windows",
          "has "
              + feature.windows().size()
              + " windows, at most "
              + limits.windowsPerFeature()
              + "; remove some");
    }
    var lengths = new HashMap<Long, String>();
    for (String text : feature.windows()) {
      Span window = Span.of(text);
      String same = lengths.putIfAbsent(window.millis(), text);
      if (same != null) {
        violations.duplicate(
            path + ".windows",
            quote(text) + " and " + quote(same) + " are the same window; keep one");
      } else if (window(path, window) && feature.precision().equals("Exact")) {
        panes(path, window);
      }
    }
    offset(path, Span.of(feature.offset()));
  }

  /** Whether the window is on the grid and not too long. */
  private boolean window(String path, Span window) {
    if (window.millis() > LONGEST.millis()) {
      violations.invalid(
          path + ".windows",
          quote(window.text()) + " is longer than " + LONGEST + "; use a shorter window");
    } else if (window.millis() < slide.millis()) {
      violations.invalid(
          path + ".windows",
          quote(window.text())
              + " is shorter than spec.slide "
              + slide
              + "; use at least "
              + slide);
    } else if (window.millis() % slide.millis() != 0) {
      offGrid(path + ".windows", window);
    } else {
      return true;
    }
    return false;
  }

  private void offset(String path, Span offset) {
    if (offset.millis() > LONGEST.millis()) {
      violations.invalid(
          path + ".offset",
          quote(offset.text()) + " is longer than " + LONGEST + "; use a shorter offset");
    } else if (offset.millis() % slide.millis() != 0) {
      offGrid(path + ".offset", offset);
    }
  }

  private void offGrid(String path, Span span) {
    long below = span.millis() / slide.millis() * slide.millis();
    String above = DurationText.text(below + slide.millis());
    violations.invalid(
        path,
        quote(span.text())
            + " is not a multiple of spec.slide "
            + slide
            + "; use "
            + DurationText.text(below)
            + " or "
            + above);
  }

  private void panes(String path, Span window) {
    long panes = window.millis() / slide.millis();
    if (panes > limits.exactPanes()) {
      violations.invalid(
          path + ".precision",
          "Exact needs "
              + panes
              + " panes per key for window "
              + window
              + " at slide "
              + slide
              + ", at most "
              + limits.exactPanes()
              + " are allowed; use Hopped or a longer slide");
    }
  }
}
