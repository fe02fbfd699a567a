package dev.millrace.bench.pit;

import static org.apache.spark.sql.functions.col;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.spark.SparkSessions;
import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.anchor.FeatureJoin;
import dev.millrace.spark.archive.ArchiveInput;
import dev.millrace.spark.archive.ArchiveListing;
import dev.millrace.spark.run.Archives;
import dev.millrace.spark.run.InputCollector;
import dev.millrace.spark.storage.OfflineStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The join of our extract: features recomputed from the archived events by the kernel. */
final class MillraceJoin implements Contender {
  private final SparkSession spark = SparkSessions.open();

  @Override
  public String description() {
    return "one shuffle of the raw events, features recomputed by the kernel; Spark "
        + spark.version();
  }

  @Override
  public void write(PitWorkload workload, Path result) {
    String location = PitGenerator.uri(workload.pipeline());
    ExtractDocument document =
        PitDefinition.extract(location, new ExtractWiring("", "", "", location));
    JoinedPipeline pipeline = document.anchor();
    var storage = new OfflineStorage(location, spark.sparkContext().hadoopConfiguration());
    ArchiveInput input = ArchiveListing.list(pipeline, storage);
    int partitions = InputCollector.partitions(input.bytes());
    spark.conf().set("spark.sql.shuffle.partitions", partitions);
    try (var archives = new Archives(spark, document)) {
      var join =
          new FeatureJoin(
              document, Map.of(pipeline.pipeline(), archives.of(pipeline, input)), partitions);
      Dataset<Row> anchors =
          spark
              .read()
              .parquet(PitGenerator.uri(workload.anchors()))
              .select(
                  col(PitDefinition.ID).as(AnchorColumns.ID),
                  col("t0").as(AnchorColumns.TIME),
                  col("t"),
                  col(PitDefinition.KEY).as(AnchorColumns.fieldName(PitDefinition.KEY)));
      var columns = new ArrayList<Column>();
      columns.add(col(AnchorColumns.ID).as(PitDefinition.ID));
      columns.add(col("t"));
      for (String column : PitDefinition.columns()) {
        columns.add(col(PitDefinition.ENTITY + "__" + column).as(column));
      }
      join.append(anchors, PitWorkload.START, workload.end())
          .select(columns.toArray(Column[]::new))
          .write()
          .parquet(PitGenerator.uri(result));
    }
  }

  @Override
  public void close() {
    spark.stop();
  }
}
