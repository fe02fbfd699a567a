package dev.millrace.spark.archive;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.millrace.contract.EventSchema;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Archived events of a pipeline as rows: schema fields and the columns with an underscore. An event
 * is read from the highest version at or below the wanted one whose first offset is at or below it
 * (semantics.md §6), so none is read twice.
 */
public final class ArchiveReader {
  /**
   * Smaller archives are read once and held: opening their many small files again for every entity
   * costs more than the rows do. Larger ones are read per entity, only the columns it needs.
   */
  private static final long HELD_BYTES = 64L << 20;

  private final SparkSession spark;
  private final OfflineStorage storage;
  private final ArchiveInput input;
  private final StructType schema;
  private Dataset<Row> whole;

  public ArchiveReader(
      SparkSession spark, OfflineStorage storage, ArchiveInput input, EventSchema schema) {
    this.spark = spark;
    this.storage = storage;
    this.input = input;
    this.schema = ArchiveSchema.events(schema);
  }

  /** Events of the given days at least; there may be more. */
  public Dataset<Row> events(DayRange days) {
    if (input.bytes() > HELD_BYTES) {
      return read(days);
    }
    if (whole == null) {
      whole = read(DayRange.ALL).persist(StorageLevel.MEMORY_AND_DISK());
    }
    return whole;
  }

  /** Lets go of what is held in memory. */
  public void release() {
    if (whole != null) {
      whole.unpersist();
      whole = null;
    }
  }

  private Dataset<Row> read(DayRange days) {
    Dataset<Row> all = null;
    for (var source : input.sources().entrySet()) {
      String[] paths =
          source.getValue().files().keySet().stream()
              .filter(days::covers)
              .map(storage::path)
              .toArray(String[]::new);
      if (paths.length > 0) {
        var rows = ownRows(spark.read().schema(schema).parquet(paths), source.getKey());
        all = all == null ? rows : all.unionByName(rows);
      }
    }
    return all == null ? spark.createDataFrame(List.<Row>of(), schema) : all;
  }

  private Dataset<Row> ownRows(Dataset<Row> rows, int version) {
    Dataset<Row> own = rows;
    for (var limit : limits(version).entrySet()) {
      Column taken =
          col(OfflineLayout.PARTITION)
              .equalTo(limit.getKey())
              .and(col(OfflineLayout.OFFSET).geq(limit.getValue()));
      own = own.filter(not(taken));
    }
    return own;
  }

  /** Per partition the offset from which a higher version has taken over. */
  private Map<Integer, Long> limits(int version) {
    var limits = new TreeMap<Integer, Long>();
    for (var other : input.sources().entrySet()) {
      if (other.getKey() > version) {
        other.getValue().firstOffsets().forEach((p, first) -> limits.merge(p, first, Math::min));
      }
    }
    return limits;
  }
}
