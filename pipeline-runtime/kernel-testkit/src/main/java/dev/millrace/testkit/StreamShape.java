package dev.millrace.testkit;

import dev.millrace.kernel.InputType;
import java.util.List;

/**
 * What a generated stream looks like.
 *
 * @param keys number of keys; the first are by far the most frequent
 * @param startMillis event time of the first records
 * @param meanGapMillis mean time between two arrivals
 * @param gapMillis length of a silent gap
 * @param textIds ids are texts of very different lengths instead of numbers
 * @param disorder what goes wrong, and how often
 * @param values type of each payload value
 */
public record StreamShape(
    int events,
    int keys,
    int partitions,
    long startMillis,
    long meanGapMillis,
    long gapMillis,
    boolean textIds,
    Disorder disorder,
    List<InputType> values) {

  /** Probabilities per record; what is left arrives in order. */
  public record Disorder(
      double outOfOrder,
      double late,
      double tooLate,
      double duplicate,
      double tie,
      double missing,
      double undecodable,
      double fromFuture,
      double gap) {
    public static final Disorder NONE = new Disorder(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Only what must not change any row: out of order within the bound, and ties. */
    public static final Disorder TOLERATED = new Disorder(0.3, 0, 0, 0, 0.2, 0.1, 0, 0, 0.02);

    public static final Disorder EVERYTHING =
        new Disorder(0.2, 0.1, 0.03, 0.1, 0.2, 0.15, 0.03, 0.03, 0.03);
  }

  public StreamShape withEvents(int count) {
    return new StreamShape(
        count, keys, partitions, startMillis, meanGapMillis, gapMillis, textIds, disorder, values);
  }

  public StreamShape withDisorder(Disorder other) {
    return new StreamShape(
        events, keys, partitions, startMillis, meanGapMillis, gapMillis, textIds, other, values);
  }
}
