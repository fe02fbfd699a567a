package dev.millrace.spark.report;

import dev.millrace.contract.Reason;
import dev.millrace.contract.RunReport;
import dev.millrace.spark.gate.GateFigure;
import dev.millrace.spark.gate.GateOutcome;
import dev.millrace.spark.gate.GateVerdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;

/** The gate's part of a report: a count, and the figures that matter most. */
final class GateReports {
  private static final Comparator<GateFigure> WORST_FIRST =
      Comparator.comparing(GateFigure::passed)
          .thenComparing(Comparator.comparing(GateReports::excess).reversed())
          .thenComparing(GateFigure::column);

  private GateReports() {}

  /** Figures beyond their limit first, those furthest beyond it before the others. */
  static RunReport.Gate of(GateVerdict gate) {
    List<RunReport.Figure> worst =
        gate.figures().stream()
            // Single new columns are normal; a status says so only if nothing could be judged.
            .filter(
                figure -> figure.wasJudged() || gate.outcome() == GateOutcome.INSUFFICIENT_BASELINE)
            .sorted(WORST_FIRST)
            .limit(RunReport.GATE_FIGURES)
            .map(
                figure ->
                    new RunReport.Figure(
                        figure.column(),
                        figure.check(),
                        figure.change(),
                        figure.limit(),
                        figure.passed()))
            .toList();
    return new RunReport.Gate(gate.judged(), gate.failed().size(), worst);
  }

  /** What a refused run says of itself. */
  static String refusal(GateVerdict gate) {
    GateFigure worst = gate.failed().stream().min(WORST_FIRST).orElseThrow();
    return "MR/"
        + Reason.GATE_REFUSED.text()
        + ": column "
        + worst.column()
        + ": "
        + worst.check().text()
        + " from "
        + worst.baseline()
        + " to "
        + worst.run()
        + ", a change of "
        + worst.change()
        + " where "
        + worst.limit()
        + " is allowed; "
        + gate.failed().size()
        + " of "
        + gate.judged()
        + " figures are beyond their limit, nothing was published";
  }

  /** Change as a multiple of its limit, so that points and percents compare. */
  private static BigDecimal excess(GateFigure figure) {
    if (!figure.wasJudged()) {
      return BigDecimal.ONE.negate();
    }
    BigDecimal limit = new BigDecimal(figure.limit()).max(BigDecimal.ONE);
    return new BigDecimal(figure.change()).divide(limit, MathContext.DECIMAL64);
  }
}
