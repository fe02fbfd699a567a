package dev.millrace.spark.label;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import dev.millrace.contract.OfflineLayout;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures {@link LabelPartition} over all label records read so far. */
public final class LabelPartitions {
  private LabelPartitions() {}

  /** One entry per partition that ever delivered. */
  public static Map<Integer, LabelPartition> measure(Dataset<Row> labels, long asOfMillis) {
    Column counts =
        col(LabelColumns.REJECTED).isNull().and(col(OfflineLayout.TS).lt(lit(asOfMillis)));
    var partitions = new TreeMap<Integer, LabelPartition>();
    for (Row row :
        labels
            .groupBy(OfflineLayout.PARTITION)
            .agg(
                count(lit(1)),
                count(col(LabelColumns.REJECTED)),
                max(OfflineLayout.ARRIVAL),
                max(when(counts, col(OfflineLayout.TS))))
            .collectAsList()) {
      long lastEventTime = row.isNullAt(4) ? Long.MIN_VALUE : row.getLong(4);
      partitions.put(
          row.getInt(0),
          new LabelPartition(row.getLong(1), row.getLong(2), row.getLong(3), lastEventTime));
    }
    return partitions;
  }
}
