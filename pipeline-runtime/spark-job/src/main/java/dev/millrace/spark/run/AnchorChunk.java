package dev.millrace.spark.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_millis;

import dev.millrace.spark.anchor.AnchorColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Consecutive anchor days that are joined in one go. A first run goes back to {@code history.from}:
 * it finishes chunk by chunk, and a run that is killed goes on behind the last finished one. Days
 * are never cut, so the published files do not depend on the chunks.
 *
 * @param number 0 for the first
 * @param firstDay first UTC day of t0, ISO 8601
 * @param lastDay last one
 * @param rows anchors of these days
 */
record AnchorChunk(int number, String firstDay, String lastDay, long rows) {
  /** Some four minutes on two cores: what is lost at most when a run is killed. */
  static final long MOST_ANCHORS = 5_000_000;

  private static final Column DAY =
      date_format(timestamp_millis(col(AnchorColumns.TIME)), "yyyy-MM-dd");

  /**
   * Cuts a run's anchors, oldest first; the same anchors give the same chunks.
   *
   * @param most anchors of a chunk, unless one day alone has more
   */
  static List<AnchorChunk> of(Dataset<Row> mature, long most) {
    var chunks = new ArrayList<AnchorChunk>();
    for (Row day :
        mature.groupBy(DAY.as("day")).agg(count(lit(1))).orderBy("day").collectAsList()) {
      String name = day.getString(0);
      long rows = day.getLong(1);
      int last = chunks.size() - 1;
      if (last >= 0 && chunks.get(last).rows() + rows <= most) {
        AnchorChunk open = chunks.get(last);
        chunks.set(last, new AnchorChunk(last, open.firstDay(), name, open.rows() + rows));
      } else {
        chunks.add(new AnchorChunk(chunks.size(), name, name, rows));
      }
    }
    return chunks;
  }

  /** Its anchors among those of the run. */
  Dataset<Row> of(Dataset<Row> mature) {
    return mature.filter(DAY.geq(firstDay).and(DAY.leq(lastDay)));
  }
}
