package dev.millrace.local.terminal;

import java.util.List;

/** A series as one line of block characters, scaled to its greatest value. */
public final class Sparkline {
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final char NOTHING = '.';

  private Sparkline() {}

  /**
   * Draws.
   *
   * @param values not negative; null or not a number for no data
   * @param width most characters; longer series are drawn by the greatest of each stretch
   */
  public static String of(List<Double> values, int width) {
    double greatest =
        values.stream().filter(Sparkline::isData).mapToDouble(value -> value).max().orElse(0);
    var line = new StringBuilder();
    int characters = Math.min(width, values.size());
    for (int i = 0; i < characters; i++) {
      int from = (int) ((long) i * values.size() / characters);
      int to = (int) ((long) (i + 1) * values.size() / characters);
      double most =
          values.subList(from, to).stream()
              .filter(Sparkline::isData)
              .mapToDouble(value -> value)
              .max()
              .orElse(Double.NaN);
      line.append(character(most, greatest));
    }
    return line.toString();
  }

  private static char character(double value, double greatest) {
    if (Double.isNaN(value)) {
      return NOTHING;
    }
    int last = BLOCKS.length() - 1;
    return BLOCKS.charAt(
        greatest <= 0 ? 0 : (int) Math.min(last, Math.ceil(last * value / greatest)));
  }

  private static boolean isData(Double value) {
    return value != null && !value.isNaN();
  }
}
