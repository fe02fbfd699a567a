package dev.millrace.spark.label;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_millis;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.KafkaConnection;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.Reason;
import dev.millrace.spark.storage.CanonicalJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads label records from Kafka in one batch, exactly the given offsets (semantics.md §8). */
public final class LabelReader {
  private final SparkSession spark;
  private final ExtractDocument document;

  public LabelReader(SparkSession spark, ExtractDocument document) {
    this.spark = spark;
    this.document = document;
  }

  /** Rows of {@link LabelColumns}, none when no partition has offsets to read. */
  public Dataset<Row> read(Map<Integer, LabelOffsets> offsets) {
    var type = LabelColumns.archived(document.label().schema());
    var starts = new TreeMap<Integer, Long>();
    var ends = new TreeMap<Integer, Long>();
    offsets.forEach(
        (partition, range) -> {
          if (range.start() < range.end()) {
            starts.put(partition, range.start());
            ends.put(partition, range.end());
          }
        });
    if (starts.isEmpty()) {
      return spark.createDataFrame(List.<Row>of(), type);
    }
    String topic = document.wiring().labelTopic();
    return spark
        .read()
        .format("kafka")
        .options(kafka(document.wiring().kafka()))
        .option("kafka.isolation.level", "read_committed")
        .option("assign", CanonicalJson.line(Map.of(topic, List.copyOf(starts.keySet()))))
        .option("startingOffsets", CanonicalJson.line(Map.of(topic, starts)))
        .option("endingOffsets", CanonicalJson.line(Map.of(topic, ends)))
        .option("failOnDataLoss", "true")
        .load()
        .select(col("value"), col("partition"), col("offset"), unix_millis(col("timestamp")))
        .mapPartitions(new LabelDecoder(DocumentCodec.write(document)), Encoders.row(type));
  }

  private static Map<String, String> kafka(KafkaConnection connection) {
    var options = new HashMap<String, String>();
    connection.settings().forEach((name, value) -> options.put("kafka." + name, value));
    return options;
  }

  /**
   * Checks that every offset is still there.
   *
   * @throws MillraceFailure {@link Reason#LABELS_LOST}; offsets are never skipped
   */
  public static void requireRetained(
      String topic, Map<Integer, LabelOffsets> wanted, LabelTopicState now) {
    wanted.forEach(
        (partition, range) -> {
          var retained = now.retained().get(partition);
          if (range.start() < range.end()
              && (retained == null || retained.start() > range.start())) {
            throw new MillraceFailure(
                Reason.LABELS_LOST,
                "partition "
                    + partition
                    + " of label topic "
                    + topic
                    + " begins at offset "
                    + (retained == null ? "none" : retained.start())
                    + ", offset "
                    + range.start()
                    + " has not been read yet; raise the topic's retention above the time between"
                    + " runs");
          }
        });
  }

  /** Columns of {@code labels/} in their order, for reading archived files back. */
  public Dataset<Row> archived(List<String> paths) {
    var type = LabelColumns.archived(document.label().schema());
    return paths.isEmpty()
        ? spark.createDataFrame(List.<Row>of(), type)
        : spark.read().schema(type).parquet(paths.toArray(String[]::new));
  }

  /** The order in which label files are written: the log's. */
  static org.apache.spark.sql.Column[] logOrder() {
    return new org.apache.spark.sql.Column[] {
      col(OfflineLayout.PARTITION), col(OfflineLayout.OFFSET)
    };
  }
}
