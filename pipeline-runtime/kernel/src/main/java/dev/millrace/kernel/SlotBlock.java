package dev.millrace.kernel;

/**
 * The slots of all inputs as one block of words and references, and what can be done to it. Panes
 * and pending events are such blocks.
 */
final class SlotBlock {
  private SlotBlock() {}

  /** Adds one event to the block at {@code words[at]}, {@code refs[refAt]}. */
  static void add(
      EntityLayout layout, long[] words, int at, Object[] refs, int refAt, EventInputs event) {
    for (int i = 0; i < layout.inputs.length; i++) {
      if (event.present[i]) {
        add(layout.inputs[i], i, words, at, refs, refAt, event);
      }
    }
  }

  private static void add(
      InputSlots slots,
      int input,
      long[] words,
      int at,
      Object[] refs,
      int refAt,
      EventInputs event) {
    boolean fresh = words[at + slots.count()]++ == 0;
    long bits = event.bits[input];
    if (slots.sum() != EntityLayout.NONE) {
      addSum(slots, words, at, bits);
    }
    if (slots.min() != EntityLayout.NONE) {
      long value = Sortable.of(slots.type(), bits);
      int word = at + slots.min();
      words[word] = fresh ? value : Math.min(words[word], value);
    }
    if (slots.max() != EntityLayout.NONE) {
      long value = Sortable.of(slots.type(), bits);
      int word = at + slots.max();
      words[word] = fresh ? value : Math.max(words[word], value);
    }
    if (slots.first() != EntityLayout.NONE) {
      Endpoint.offer(words, at + slots.first(), refs, refAt + slots.firstRef(), -1, event, input);
    }
    if (slots.last() != EntityLayout.NONE) {
      Endpoint.offer(words, at + slots.last(), refs, refAt + slots.lastRef(), 1, event, input);
    }
    if (slots.distinct() != EntityLayout.NONE) {
      distinct(refs, refAt + slots.distinct()).add(hash(slots, event, input));
    }
    if (slots.histogram() != EntityLayout.NONE) {
      histogram(refs, refAt + slots.histogram()).add(Histogram.key(number(slots, bits)), 1);
    }
  }

  private static void addSum(InputSlots slots, long[] words, int at, long bits) {
    long high = sumHigh(slots.type(), bits);
    long low = sumLow(slots.type(), bits);
    Wide.add128(words, at + slots.sum(), high, low);
    if (slots.square() != EntityLayout.NONE) {
      Wide.addSquare(words, at + slots.square(), high, low);
    }
  }

  static long sumHigh(InputType type, long bits) {
    return type == InputType.DOUBLE ? FixedPoint.high(Double.longBitsToDouble(bits)) : bits >> 63;
  }

  static long sumLow(InputType type, long bits) {
    return type == InputType.DOUBLE ? FixedPoint.low(Double.longBitsToDouble(bits)) : bits;
  }

  private static double number(InputSlots slots, long bits) {
    return slots.type() == InputType.DOUBLE
        ? Double.longBitsToDouble(bits)
        : bits / slots.divisor();
  }

  private static long hash(InputSlots slots, EventInputs event, int input) {
    return slots.type() == InputType.TEXT
        ? Hash64.of(event.text[input], event.textFrom[input], event.textLength[input], 0)
        : Hash64.of(event.bits[input]);
  }

  /** Merges the block at {@code from} into the block at {@code at}. */
  static void merge(
      EntityLayout layout,
      long[] words,
      int at,
      Object[] refs,
      int refAt,
      long[] from,
      int fromAt,
      Object[] fromRefs,
      int fromRefAt) {
    for (InputSlots slots : layout.inputs) {
      long added = from[fromAt + slots.count()];
      if (added == 0) {
        continue;
      }
      boolean fresh = words[at + slots.count()] == 0;
      words[at + slots.count()] += added;
      if (slots.sum() != EntityLayout.NONE) {
        int sum = fromAt + slots.sum();
        Wide.add128(words, at + slots.sum(), from[sum], from[sum + 1]);
      }
      if (slots.square() != EntityLayout.NONE) {
        Wide.add256(words, at + slots.square(), from, fromAt + slots.square());
      }
      mergeExtremes(slots, words, at, from, fromAt, fresh);
      mergeRefs(slots, words, at, refs, refAt, from, fromAt, fromRefs, fromRefAt);
    }
  }

  private static void mergeExtremes(
      InputSlots slots, long[] words, int at, long[] from, int fromAt, boolean fresh) {
    if (slots.min() != EntityLayout.NONE) {
      long value = from[fromAt + slots.min()];
      int word = at + slots.min();
      words[word] = fresh ? value : Math.min(words[word], value);
    }
    if (slots.max() != EntityLayout.NONE) {
      long value = from[fromAt + slots.max()];
      int word = at + slots.max();
      words[word] = fresh ? value : Math.max(words[word], value);
    }
  }

  private static void mergeRefs(
      InputSlots slots,
      long[] words,
      int at,
      Object[] refs,
      int refAt,
      long[] from,
      int fromAt,
      Object[] fromRefs,
      int fromRefAt) {
    if (slots.first() != EntityLayout.NONE) {
      Endpoint.merge(
          words,
          at + slots.first(),
          refs,
          refAt + slots.firstRef(),
          -1,
          from,
          fromAt + slots.first(),
          fromRefs,
          fromRefAt + slots.firstRef());
    }
    if (slots.last() != EntityLayout.NONE) {
      Endpoint.merge(
          words,
          at + slots.last(),
          refs,
          refAt + slots.lastRef(),
          1,
          from,
          fromAt + slots.last(),
          fromRefs,
          fromRefAt + slots.lastRef());
    }
    if (slots.distinct() != EntityLayout.NONE) {
      distinct(refs, refAt + slots.distinct())
          .merge((DistinctSet) fromRefs[fromRefAt + slots.distinct()]);
    }
    if (slots.histogram() != EntityLayout.NONE) {
      histogram(refs, refAt + slots.histogram())
          .add((Histogram) fromRefs[fromRefAt + slots.histogram()]);
    }
  }

  private static DistinctSet distinct(Object[] refs, int at) {
    if (refs[at] == null) {
      refs[at] = new DistinctSet();
    }
    return (DistinctSet) refs[at];
  }

  private static Histogram histogram(Object[] refs, int at) {
    if (refs[at] == null) {
      refs[at] = new Histogram();
    }
    return (Histogram) refs[at];
  }
}
