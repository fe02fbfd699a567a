package dev.millrace.kernel;

/**
 * Per view the aggregate of what lies in its window as of the last advance: count, sums and
 * histogram, all subtractable.
 */
final class RunningTotals {
  private final EntityLayout layout;
  private final long[] words;
  private final Histogram[] histograms;

  RunningTotals(EntityLayout layout) {
    this.layout = layout;
    words = new long[layout.totalWords];
    histograms = new Histogram[layout.histograms];
  }

  long[] words() {
    return words;
  }

  long count(int view) {
    return words[layout.viewTotals[view].count()];
  }

  Histogram histogram(int view) {
    return histograms[layout.viewTotals[view].histogram()];
  }

  /** Adds a block's slots of the view's input. */
  void add(int view, long[] block, int at, Object[] refs, int refAt) {
    TotalSlots totals = layout.viewTotals[view];
    InputSlots slots = layout.inputs[layout.viewInput[view]];
    words[totals.count()] += block[at + slots.count()];
    if (totals.sum() != EntityLayout.NONE) {
      int sum = at + slots.sum();
      Wide.add128(words, totals.sum(), block[sum], block[sum + 1]);
    }
    if (totals.square() != EntityLayout.NONE) {
      Wide.add256(words, totals.square(), block, at + slots.square());
    }
    if (totals.histogram() != EntityLayout.NONE) {
      if (histograms[totals.histogram()] == null) {
        histograms[totals.histogram()] = new Histogram();
      }
      histograms[totals.histogram()].add((Histogram) refs[refAt + slots.histogram()]);
    }
  }

  /** Takes away what {@link #add} added. */
  void subtract(int view, long[] block, int at, Object[] refs, int refAt) {
    TotalSlots totals = layout.viewTotals[view];
    InputSlots slots = layout.inputs[layout.viewInput[view]];
    words[totals.count()] -= block[at + slots.count()];
    if (totals.sum() != EntityLayout.NONE) {
      int sum = at + slots.sum();
      Wide.subtract128(words, totals.sum(), block[sum], block[sum + 1]);
    }
    if (totals.square() != EntityLayout.NONE) {
      Wide.subtract256(words, totals.square(), block, at + slots.square());
    }
    if (totals.histogram() != EntityLayout.NONE) {
      histograms[totals.histogram()].subtract((Histogram) refs[refAt + slots.histogram()]);
    }
  }

  int weight() {
    int bytes = 48 + words.length * 8;
    for (Histogram histogram : histograms) {
      bytes += histogram == null ? 4 : histogram.weight();
    }
    return bytes;
  }
}
