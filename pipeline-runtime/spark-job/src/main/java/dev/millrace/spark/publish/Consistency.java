package dev.millrace.spark.publish;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sample of a run's features against the feature log: for the same version what is recomputed is
 * what was logged, bit for bit (semantics.md §7).
 *
 * @param rows compared pairs, one per sampled anchor and entity
 * @param mismatches pairs with at least one different column; must be 0
 * @param byColumn differences per feature column, only where there are any
 * @param notServed pairs left out because their version was not served yet at T
 * @param notLogged entities without a feature log, as {@code <pipeline>/<entity>}
 */
public record Consistency(
    long rows,
    long mismatches,
    Map<String, Long> byColumn,
    long notServed,
    List<String> notLogged) {
  /** Nothing was compared. */
  public static final Consistency NONE = new Consistency(0, 0, Map.of(), 0, List.of());

  public Consistency {
    byColumn = new TreeMap<>(byColumn);
    notLogged = List.copyOf(notLogged);
  }
}
