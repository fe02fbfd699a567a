package dev.millrace.testkit.dataset;

/** Count and sum over three windows, 1d, 7d and 30d. */
public record WindowFigures(long n1d, long sum1d, long n7d, long sum7d, long n30d, long sum30d) {

  static WindowFigures parse(String[] line, int from) {
    return new WindowFigures(
        Long.parseLong(line[from]),
        Long.parseLong(line[from + 1]),
        Long.parseLong(line[from + 2]),
        Long.parseLong(line[from + 3]),
        Long.parseLong(line[from + 4]),
        Long.parseLong(line[from + 5]));
  }

  /** The same windows without one event that lies in all of them. */
  public WindowFigures without(long value) {
    return new WindowFigures(
        n1d - 1, sum1d - value, n7d - 1, sum7d - value, n30d - 1, sum30d - value);
  }

  /** Count of the window of that many days. */
  public long n(int days) {
    return switch (days) {
      case 1 -> n1d;
      case 7 -> n7d;
      case 30 -> n30d;
      default -> throw new IllegalArgumentException("no window of " + days + " days");
    };
  }

  /** Sum of the window of that many days. */
  public long sum(int days) {
    return switch (days) {
      case 1 -> sum1d;
      case 7 -> sum7d;
      case 30 -> sum30d;
      default -> throw new IllegalArgumentException("no window of " + days + " days");
    };
  }
}
