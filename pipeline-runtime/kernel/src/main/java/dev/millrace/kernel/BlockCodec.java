package dev.millrace.kernel;

/**
 * Bytes of a {@link SlotBlock}: per input the count, and if there are contributions its slots. A
 * single contribution of a number is its value alone; sums, squares and extremes follow from it.
 */
final class BlockCodec {
  private BlockCodec() {}

  static void write(
      EntityLayout layout, long[] words, int at, Object[] refs, int refAt, ByteSink out) {
    for (InputSlots slots : layout.inputs) {
      long count = words[at + slots.count()];
      out.varint(count);
      if (count == 0) {
        continue;
      }
      writeNumbers(slots, words, at, count, out);
      writeEndpoint(slots, slots.first(), slots.firstRef(), words, at, refs, refAt, out);
      writeEndpoint(slots, slots.last(), slots.lastRef(), words, at, refs, refAt, out);
      if (slots.distinct() != EntityLayout.NONE) {
        writeDistinct((DistinctSet) refs[refAt + slots.distinct()], out);
      }
      if (slots.histogram() != EntityLayout.NONE) {
        writeHistogram((Histogram) refs[refAt + slots.histogram()], out);
      }
    }
  }

  private static void writeNumbers(
      InputSlots slots, long[] words, int at, long count, ByteSink out) {
    if (slots.sum() != EntityLayout.NONE) {
      out.wide(words[at + slots.sum()], words[at + slots.sum() + 1]);
    }
    if (slots.square() != EntityLayout.NONE && count > 1) {
      out.wide(words[at + slots.square() + 1], words[at + slots.square()]);
      out.wide(words[at + slots.square() + 3], words[at + slots.square() + 2]);
    }
    if (slots.min() != EntityLayout.NONE) {
      writeExtreme(slots, words[at + slots.min()], out);
    }
    if (slots.max() != EntityLayout.NONE && (count > 1 || slots.min() == EntityLayout.NONE)) {
      writeExtreme(slots, words[at + slots.max()], out);
    }
  }

  private static void writeExtreme(InputSlots slots, long value, ByteSink out) {
    if (slots.type() == InputType.DOUBLE) {
      out.fixed64(value);
    } else {
      out.zigzag(value);
    }
  }

  private static void writeEndpoint(
      InputSlots slots,
      int word,
      int ref,
      long[] words,
      int at,
      Object[] refs,
      int refAt,
      ByteSink out) {
    if (word == EntityLayout.NONE) {
      return;
    }
    out.zigzag(words[at + word]);
    out.array((byte[]) refs[refAt + ref]);
    switch (slots.type()) {
      case TEXT -> out.array((byte[]) refs[refAt + ref + 1]);
      case DOUBLE -> out.fixed64(words[at + word + 1]);
      case INTEGER, PRESENCE -> out.zigzag(words[at + word + 1]);
    }
  }

  private static void writeDistinct(DistinctSet set, ByteSink out) {
    if (set.isExact()) {
      out.varint(set.size());
      for (int i = 0; i < set.size(); i++) {
        out.fixed64(set.hash(i));
      }
    } else {
      out.varint(0); // a pane with contributions has at least one hash, so 0 marks registers
      out.array(set.registers());
    }
  }

  private static void writeHistogram(Histogram histogram, ByteSink out) {
    out.varint(histogram.size());
    int before = 0;
    for (int i = 0; i < histogram.size(); i++) {
      out.zigzag(histogram.key(i) - before);
      out.varint(histogram.count(i));
      before = histogram.key(i);
    }
  }

  /** Reads into a cleared block. */
  static void read(
      EntityLayout layout, long[] words, int at, Object[] refs, int refAt, ByteSource in) {
    for (InputSlots slots : layout.inputs) {
      long count = in.varint();
      words[at + slots.count()] = count;
      if (count == 0) {
        continue;
      }
      readNumbers(slots, words, at, count, in);
      readEndpoint(slots, slots.first(), slots.firstRef(), words, at, refs, refAt, in);
      readEndpoint(slots, slots.last(), slots.lastRef(), words, at, refs, refAt, in);
      if (slots.distinct() != EntityLayout.NONE) {
        refs[refAt + slots.distinct()] = readDistinct(in);
      }
      if (slots.histogram() != EntityLayout.NONE) {
        refs[refAt + slots.histogram()] = readHistogram(in);
      }
    }
  }

  private static void readNumbers(
      InputSlots slots, long[] words, int at, long count, ByteSource in) {
    if (slots.sum() != EntityLayout.NONE) {
      words[at + slots.sum()] = in.wide();
      words[at + slots.sum() + 1] = in.wideLow();
    }
    if (slots.square() != EntityLayout.NONE) {
      readSquare(slots, words, at, count, in);
    }
    if (slots.min() != EntityLayout.NONE) {
      words[at + slots.min()] = readExtreme(slots, in);
    }
    if (slots.max() != EntityLayout.NONE) {
      boolean same = count == 1 && slots.min() != EntityLayout.NONE;
      words[at + slots.max()] = same ? words[at + slots.min()] : readExtreme(slots, in);
    }
  }

  private static void readSquare(
      InputSlots slots, long[] words, int at, long count, ByteSource in) {
    int square = at + slots.square();
    if (count == 1) {
      Wide.addSquare(words, square, words[at + slots.sum()], words[at + slots.sum() + 1]);
      return;
    }
    words[square + 1] = in.wide();
    words[square] = in.wideLow();
    words[square + 3] = in.wide();
    words[square + 2] = in.wideLow();
  }

  private static long readExtreme(InputSlots slots, ByteSource in) {
    return slots.type() == InputType.DOUBLE ? in.fixed64() : in.zigzag();
  }

  private static void readEndpoint(
      InputSlots slots,
      int word,
      int ref,
      long[] words,
      int at,
      Object[] refs,
      int refAt,
      ByteSource in) {
    if (word == EntityLayout.NONE) {
      return;
    }
    words[at + word] = in.zigzag();
    refs[refAt + ref] = in.array();
    switch (slots.type()) {
      case TEXT -> refs[refAt + ref + 1] = in.array();
      case DOUBLE -> words[at + word + 1] = in.fixed64();
      case INTEGER, PRESENCE -> words[at + word + 1] = in.zigzag();
    }
  }

  private static DistinctSet readDistinct(ByteSource in) {
    var set = new DistinctSet();
    int size = in.count();
    if (size == 0) {
      set.useRegisters(in.array());
    }
    for (int i = 0; i < size; i++) {
      set.add(in.fixed64());
    }
    return set;
  }

  private static Histogram readHistogram(ByteSource in) {
    var histogram = new Histogram();
    int size = in.count();
    int key = 0;
    for (int i = 0; i < size; i++) {
      key += (int) in.zigzag();
      histogram.add(key, in.varint());
    }
    return histogram;
  }
}
