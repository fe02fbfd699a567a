package dev.millrace.local.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis.
 *
 * @param from value at its start
 * @param to value at its end, greater than {@code from}
 * @param start coordinate of its start
 * @param end coordinate of its end
 */
record Scale(double from, double to, double start, double end) {
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /** An axis from zero that reaches at least the value, and ends on a round number. */
  static Scale fromZero(double greatest, double start, double end) {
    double top = greatest <= 0 ? 1 : greatest;
    double step = step(top);
    return new Scale(0, Math.ceil(top / step - 1e-9) * step, start, end);
  }

  double at(double value) {
    return start + (value - from) / (to - from) * (end - start);
  }

  /** Round values along an axis that starts at zero. */
  List<Double> ticks() {
    double step = step(to);
    var ticks = new ArrayList<Double>();
    for (int i = 0; i * step <= to * (1 + 1e-9); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static double step(double greatest) {
    double rough = greatest / 4;
    double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double step : STEPS) {
      if (rough <= step * magnitude * (1 + 1e-9)) {
        return step * magnitude;
      }
    }
    return 10 * magnitude;
  }
}
