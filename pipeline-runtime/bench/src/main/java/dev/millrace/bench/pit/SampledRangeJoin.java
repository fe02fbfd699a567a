package dev.millrace.bench.pit;

import dev.millrace.contract.DurationText;
import java.util.ArrayList;

/**
 * The definition of a window put into SQL as it stands in semantics.md §3, without any trick: per
 * anchor all events of its card whose ts lies in [T − window, T), one aggregate after the other.
 */
final class SampledRangeJoin {
  private SampledRangeJoin() {}

  /**
   * Rows of tx_id, t and {@link PitDefinition#columns}.
   *
   * @param cards condition on {@code card_id}
   */
  static String query(PitWorkload workload, String cards) {
    String events = workload.archive().toString();
    var columns = new ArrayList<String>();
    for (String feature : PitDefinition.FEATURES) {
      for (String window : PitDefinition.WINDOWS) {
        columns.add(
            "(%s FILTER (WHERE e._ts >= a.t - %d))::%s AS %s_%s"
                .formatted(
                    aggregate(feature),
                    DurationText.millis(window),
                    feature.equals("mean") ? "DOUBLE" : "BIGINT",
                    feature,
                    window));
      }
    }
    return ("WITH a AS (SELECT * FROM read_parquet('%s/*.parquet') WHERE %s), e AS (SELECT card_id,"
            + " _ts, amount FROM read_parquet('%s/*/*.parquet') WHERE %s) SELECT a.tx_id, a.t, %s"
            + " FROM a LEFT JOIN e ON e.card_id = a.card_id AND e._ts < a.t GROUP BY a.tx_id, a.t")
        .formatted(workload.anchors(), cards, events, cards, String.join(", ", columns));
  }

  private static String aggregate(String feature) {
    return switch (feature) {
      case "n" -> "count(e.amount)";
      case "total" -> "sum(e.amount)";
      case "mean" -> "avg(e.amount)";
      case "most" -> "max(e.amount)";
      default -> throw new IllegalArgumentException(feature);
    };
  }
}
