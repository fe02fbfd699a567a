package dev.millrace.spark.cleanup;

import dev.millrace.contract.CleanUpDocument;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.ReduceFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Deletes the online keys of a pipeline. Every key that was ever written stands in the feature log
 * {@code features/v=*}, so nobody has to scan the store. Rows after the last completed checkpoint
 * of a job that was killed are in no finished file: such a key is another row's too, or expires by
 * its TTL (semantics.md §5).
 */
final class OnlineKeyDeletion {
  private static final String FEATURES = "features/v=";

  private final SparkSession spark;
  private final CleanUpDocument document;
  private final OfflineStorage storage;

  OnlineKeyDeletion(SparkSession spark, CleanUpDocument document, OfflineStorage storage) {
    this.spark = spark;
    this.document = document;
    this.storage = storage;
  }

  KeyCount delete(OnlineStore store, List<Integer> versions) {
    var count = KeyCount.NONE;
    for (int version : versions) {
      for (String entity : storage.names(FEATURES + version)) {
        count = count.and(delete(store, version, entity));
      }
    }
    return count;
  }

  private KeyCount delete(OnlineStore store, int version, String entity) {
    String folder = OfflineLayout.features(version, entity);
    String[] files =
        storage.parquetFiles(folder).keySet().stream().map(storage::path).toArray(String[]::new);
    if (files.length == 0) {
      return KeyCount.NONE;
    }
    Dataset<Row> keys = keys(spark.read().parquet(files));
    var key = new KeyBatches(store, document.namespace(), document.name(), entity, version);
    return keys.mapPartitions(key, Encoders.javaSerialization(KeyCount.class))
        .reduce((ReduceFunction<KeyCount>) KeyCount::and);
  }

  /** Key columns come first, in the order of the key (semantics.md §6); each key once. */
  private static Dataset<Row> keys(Dataset<Row> rows) {
    Column[] columns =
        Arrays.stream(rows.columns())
            .takeWhile(name -> !name.equals(OfflineLayout.AS_OF))
            .map(name -> functions.col("`" + name + "`"))
            .toArray(Column[]::new);
    return rows.select(columns).distinct();
  }
}
