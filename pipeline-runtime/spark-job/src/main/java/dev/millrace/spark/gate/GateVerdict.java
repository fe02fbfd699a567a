package dev.millrace.spark.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The gate's verdict with everything it rests on.
 *
 * @param outcome what becomes of the run
 * @param baseline days it was compared with, oldest first
 * @param figures every comparison, in the order of the columns' names
 * @param override reason of the override that let it pass; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GateVerdict(
    GateOutcome outcome, List<String> baseline, List<GateFigure> figures, String override) {
  public GateVerdict {
    baseline = List.copyOf(baseline);
    figures = List.copyOf(figures);
  }

  /** For a run without rows. */
  public static GateVerdict nothingToJudge() {
    return new GateVerdict(GateOutcome.INSUFFICIENT_BASELINE, List.of(), List.of(), null);
  }

  /** Whether the run may be published. */
  public boolean permits() {
    return outcome != GateOutcome.REFUSED;
  }

  /** Number of figures that were judged. */
  public long judged() {
    return figures.stream().filter(GateFigure::wasJudged).count();
  }

  /** Figures beyond their limit. */
  public List<GateFigure> failed() {
    return figures.stream().filter(figure -> !figure.passed()).toList();
  }
}
