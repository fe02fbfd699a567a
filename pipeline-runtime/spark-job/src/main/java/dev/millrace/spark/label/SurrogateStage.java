package dev.millrace.spark.label;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.Surrogate;
import dev.millrace.spark.anchor.AnchorColumns;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Gives every anchor its surrogates (semantics.md §8), each found as a label is. A surrogate whose
 * feed has not come far enough is null: silence is not a negative, and holds no label back.
 */
public final class SurrogateStage {
  private static final String OUTCOME = "__label_outcome";
  private static final String DELAYS = "__label_delays";

  private final ExtractDocument document;
  private final int partitions;

  public SurrogateStage(ExtractDocument document, int partitions) {
    this.document = document;
    this.partitions = partitions;
  }

  /**
   * Appends a column per surrogate.
   *
   * @param matched anchors with their label, as {@link LabelMatchStage} leaves them
   * @param feeds the surrogates' feeds by name
   */
  public Dataset<Row> append(
      Dataset<Row> matched, Map<String, LabelFeed.Read> feeds, long asOfMillis) {
    Dataset<Row> rows = matched;
    for (Surrogate surrogate : document.surrogates()) {
      LabelFeed.Read feed = feeds.get(surrogate.name());
      Dataset<Row> aside =
          rows.withColumnRenamed(LabelMatchStage.OUTCOME, OUTCOME)
              .withColumnRenamed(LabelMatchStage.DELAYS, DELAYS);
      Column isKnown = col(AnchorColumns.TIME).leq(knownTo(surrogate.outcome(), feed.clock()));
      rows =
          new LabelMatchStage(document.ofSurrogate(surrogate), partitions)
              .append(aside, feed.records(), asOfMillis)
              .withColumn(surrogate.outcome().name(), when(isKnown, col(LabelMatchStage.OUTCOME)))
              .drop(LabelMatchStage.OUTCOME, LabelMatchStage.DELAYS)
              .withColumnRenamed(OUTCOME, LabelMatchStage.OUTCOME)
              .withColumnRenamed(DELAYS, LabelMatchStage.DELAYS);
    }
    return rows;
  }

  /** The newest t0 whose surrogate nothing that is on time can change. */
  private static long knownTo(LabelDefinition outcome, LabelClock clock) {
    if (clock.watermark() == Long.MIN_VALUE) {
      return Long.MIN_VALUE;
    }
    // A partition may have died up to stalledAfter ago without being noticed.
    long wait = Math.max(outcome.labelDelayMillis(), outcome.stalledAfterMillis());
    return clock.watermark() - outcome.gapMillis() - outcome.attributionWindowMillis() - wait;
  }
}
