package dev.millrace.spark.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.when;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.label.LabelClock;
import dev.millrace.spark.label.LabelMatchStage;
import dev.millrace.spark.publish.LabelDelays;
import dev.millrace.spark.publish.LabelStates;
import java.time.Instant;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;

/** Counts a run reports about anchors and labels (semantics.md §8). */
final class StateCounts {
  private StateCounts() {}

  /**
   * Rows that a run finalises.
   *
   * @param rows how many
   * @param positives those with a true Boolean label
   * @param firstMillis least t0
   * @param lastMillis greatest t0
   */
  record Mature(long rows, long positives, long firstMillis, long lastMillis) {}

  static Mature mature(Dataset<Row> mature) {
    Row row =
        mature
            .agg(count(lit(1)), positives(mature), min(AnchorColumns.TIME), max(AnchorColumns.TIME))
            .head();
    return row.getLong(0) == 0
        ? new Mature(0, 0, 0, 0)
        : new Mature(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3));
  }

  /**
   * @param mature rows that this run found final
   * @param finalised rows that are published, this run's included
   */
  static LabelStates states(
      ExtractDocument document, Dataset<Row> pending, long mature, long finalised) {
    var byDay = new TreeMap<String, Long>();
    var positivesByDay = new TreeMap<String, Long>();
    long total = 0;
    long positives = 0;
    long oldest = Long.MAX_VALUE;
    Column day = date_format(timestamp_millis(col(AnchorColumns.TIME)), "yyyy-MM-dd");
    for (Row row :
        pending
            .groupBy(day)
            .agg(count(lit(1)), positives(pending), min(AnchorColumns.TIME))
            .collectAsList()) {
      byDay.put(row.getString(0), row.getLong(1));
      total += row.getLong(1);
      positives += row.getLong(2);
      if (row.getLong(2) > 0) {
        positivesByDay.put(row.getString(0), row.getLong(2));
      }
      oldest = Math.min(oldest, row.getLong(3));
    }
    boolean any = total > 0;
    long nextMaturity = any ? oldest + LabelClock.horizonMillis(document.label()) : 0;
    return new LabelStates(
        total,
        positives,
        mature,
        finalised,
        any ? Instant.ofEpochMilli(oldest).toString() : null,
        any ? Instant.ofEpochMilli(nextMaturity).toString() : null,
        byDay,
        positivesByDay);
  }

  static LabelDelays delays(Dataset<Row> matched) {
    Row row =
        matched
            .select(explode(col(LabelMatchStage.DELAYS)).as("delay"))
            .agg(count(lit(1)), rank("0.5"), rank("0.9"), rank("0.95"), rank("0.99"))
            .head();
    return new LabelDelays(row.getLong(0), row.getAs(1), row.getAs(2), row.getAs(3), row.getAs(4));
  }

  /** Exact nearest rank: the least delay that at least this share does not exceed. */
  private static Column rank(String share) {
    return expr("percentile_disc(" + share + ") WITHIN GROUP (ORDER BY delay)").cast("long");
  }

  private static Column positives(Dataset<Row> rows) {
    var type = rows.schema().apply(LabelMatchStage.OUTCOME).dataType();
    return type instanceof BooleanType
        ? sum(when(col(LabelMatchStage.OUTCOME), 1L).otherwise(0L))
        : sum(lit(0L));
  }
}
