package dev.millrace.operator.plan;

import dev.millrace.contract.DurationText;
import dev.millrace.contract.Feature;
import dev.millrace.contract.Precision;
import dev.millrace.kernel.Windows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How many panes a key can have. An entity's windows share one list of panes; at every age the
 * panes are as narrow as the finest tail among the windows that still reach there needs, and as the
 * slide as long as a window's head may still lie there (an offset).
 */
final class Panes {
  private Panes() {}

  /** Something that needs panes of {@code width} up to {@code reach}. */
  private record Need(long reachMillis, long widthMillis) {}

  /** Most panes of one key: over the age ranges, length of the range / width needed there. */
  static long count(long slideMillis, List<Feature> features) {
    List<Need> needs = needs(slideMillis, features);
    long panes = 0;
    long age = 0;
    for (Need need : needs) {
      if (need.reachMillis > age) {
        long from = age;
        long width =
            needs.stream()
                .filter(other -> other.reachMillis > from)
                .mapToLong(Need::widthMillis)
                .min()
                .orElseThrow();
        panes += (need.reachMillis - age + width - 1) / width;
        age = need.reachMillis;
      }
    }
    return panes;
  }

  private static List<Need> needs(long slideMillis, List<Feature> features) {
    var needs = new ArrayList<Need>();
    for (Feature feature : features) {
      for (String window : feature.windows()) {
        long length = DurationText.millis(window);
        long tail = Windows.tailMillis(slideMillis, length, feature.precision() == Precision.EXACT);
        needs.add(new Need(length + feature.offsetMillis(), tail));
      }
      needs.add(new Need(feature.offsetMillis(), slideMillis));
    }
    needs.sort(Comparator.comparingLong(Need::reachMillis));
    return needs;
  }

  /** Estimated bytes of one pane: 2 for its index and length, plus those of each distinct slot. */
  static long bytes(List<Feature> features) {
    var slots = new LinkedHashMap<String, Set<Integer>>();
    for (Feature feature : features) {
      slots
          .computeIfAbsent(feature.value() + "\n" + feature.where(), input -> new LinkedHashSet<>())
          .add(slotBytes(feature));
    }
    return 2 + slots.values().stream().flatMap(Set::stream).mapToInt(Integer::intValue).sum();
  }

  /** Compact bytes of what an aggregation keeps of one event. */
  private static int slotBytes(Feature feature) {
    return switch (feature.aggregation()) {
      case COUNT -> 1;
      case SUM, MEAN -> 4;
      case VARIANCE, STD_DEV -> 8;
      case MIN, MAX -> 5;
      case FIRST, LAST -> 16;
      case COUNT_DISTINCT -> 9;
      case QUANTILE -> 3;
    };
  }
}
