package dev.millrace.kernel;

import java.util.List;

/**
 * Where an input's slots lie in a pane's block of words and references. Mean and StdDev share Count
 * and Sum; a slot nobody reads does not exist ({@link EntityLayout#NONE}).
 *
 * @param type what the input contributes
 * @param count word of the number of contributions; always there
 * @param sum two words, high first: Σx as a 128-bit integer
 * @param square four words, lowest first: Σx² as a 256-bit integer, exact
 * @param min word of the smallest value in sortable form
 * @param max word of the largest value in sortable form
 * @param first two words, ts and bits of the first value
 * @param last two words, ts and bits of the last value
 * @param firstRef two references, id and text of the first value
 * @param lastRef two references, id and text of the last value
 * @param distinct reference of a {@link DistinctSet}
 * @param histogram reference of a {@link Histogram}
 * @param divisor 10^scale of a Decimal for its histogram, else 1
 * @param words words in all
 * @param refs references in all
 */
record InputSlots(
    InputType type,
    int count,
    int sum,
    int square,
    int min,
    int max,
    int first,
    int last,
    int firstRef,
    int lastRef,
    int distinct,
    int histogram,
    double divisor,
    int words,
    int refs) {

  static InputSlots[] layOut(List<InputType> types, List<WindowColumn> columns) {
    var slots = new InputSlots[types.size()];
    int word = 0;
    int ref = 0;
    for (int i = 0; i < slots.length; i++) {
      var cursor = new Cursor(word, ref);
      slots[i] = layOut(types.get(i), i, columns, cursor);
      word = cursor.word;
      ref = cursor.ref;
    }
    return slots;
  }

  private static InputSlots layOut(
      InputType type, int input, List<WindowColumn> columns, Cursor at) {
    int wordFrom = at.word;
    int refFrom = at.ref;
    var needs = new Needs(input, columns);
    int count = at.words(true, 1);
    int sum = at.words(needs.sum(), 2);
    int square = at.words(needs.square(), 4);
    int min = at.words(needs.any(Aggregate.MIN), 1);
    int max = at.words(needs.any(Aggregate.MAX), 1);
    int first = at.words(needs.any(Aggregate.FIRST), 2);
    int last = at.words(needs.any(Aggregate.LAST), 2);
    int firstRef = at.refs(needs.any(Aggregate.FIRST), 2);
    int lastRef = at.refs(needs.any(Aggregate.LAST), 2);
    int distinct = at.refs(needs.any(Aggregate.COUNT_DISTINCT), 1);
    int histogram = at.refs(needs.any(Aggregate.QUANTILE), 1);
    return new InputSlots(
        type,
        count,
        sum,
        square,
        min,
        max,
        first,
        last,
        firstRef,
        lastRef,
        distinct,
        histogram,
        needs.divisor(),
        at.word - wordFrom,
        at.ref - refFrom);
  }

  private static final class Cursor {
    private int word;
    private int ref;

    Cursor(int word, int ref) {
      this.word = word;
      this.ref = ref;
    }

    int words(boolean needed, int width) {
      int at = word;
      word += needed ? width : 0;
      return needed ? at : EntityLayout.NONE;
    }

    int refs(boolean needed, int width) {
      int at = ref;
      ref += needed ? width : 0;
      return needed ? at : EntityLayout.NONE;
    }
  }

  private record Needs(int input, List<WindowColumn> columns) {
    boolean any(Aggregate aggregate) {
      return columns.stream().anyMatch(c -> c.input() == input && c.aggregate() == aggregate);
    }

    boolean square() {
      return any(Aggregate.VARIANCE) || any(Aggregate.STD_DEV);
    }

    boolean sum() {
      return any(Aggregate.SUM) || any(Aggregate.MEAN) || square();
    }

    double divisor() {
      return columns.stream()
          .filter(c -> c.input() == input)
          .mapToInt(WindowColumn::scale)
          .max()
          .stream()
          .mapToDouble(scale -> (double) WideRatio.POWERS_OF_TEN[scale])
          .findFirst()
          .orElse(1);
    }
  }
}
