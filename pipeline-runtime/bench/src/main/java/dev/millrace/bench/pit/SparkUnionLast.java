package dev.millrace.bench.pit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.millrace.contract.OfflineLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/**
 * Spark's usual as-of join, our re-expression of what feature stores and time-series libraries do:
 * feature rows and anchors in one union, sorted per key, and the last value before each anchor
 * carried forward by a window function. One struct is carried instead of twenty columns, which is
 * the faster form.
 */
final class SparkUnionLast implements Contender {
  private final SparkSession spark =
      SparkSession.builder()
          .config(
              new SparkConf(true)
                  .setIfMissing("spark.master", "local[*]")
                  .set("spark.app.name", "union-last")
                  .set("spark.ui.enabled", "false")
                  .set("spark.sql.session.timeZone", "UTC")
                  .set("spark.hadoop.fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem"))
          .getOrCreate();

  @Override
  public String description() {
    return "union of feature log and anchors, last(struct) over (partition by key order by T);"
        + " adaptive execution; Spark "
        + spark.version();
  }

  @Override
  public void write(PitWorkload workload, Path result) {
    Column[] features =
        PitDefinition.columns().stream().map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> log =
        spark
            .read()
            .parquet(PitGenerator.uri(workload.featureLog()))
            .select(
                col(PitDefinition.KEY),
                col(OfflineLayout.AS_OF).as("t"),
                lit(null).cast("string").as(PitDefinition.ID),
                struct(features).as("f"));
    var type = (StructType) log.schema().apply("f").dataType();
    Dataset<Row> anchors =
        spark
            .read()
            .parquet(PitGenerator.uri(workload.anchors()))
            .select(
                col(PitDefinition.KEY),
                col("t"),
                col(PitDefinition.ID),
                lit(null).cast(type).as("f"));
    // At equal T the feature row (its id is null) comes first: it was in the store by then.
    var before =
        Window.partitionBy(PitDefinition.KEY)
            .orderBy(col("t"), col(PitDefinition.ID).asc_nulls_first())
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    var columns = new ArrayList<Column>();
    columns.add(col(PitDefinition.ID));
    columns.add(col("t"));
    PitDefinition.columns().forEach(name -> columns.add(col("f." + name)));
    log.unionByName(anchors)
        .withColumn("f", last(col("f"), true).over(before))
        .filter(col(PitDefinition.ID).isNotNull())
        .select(columns.toArray(Column[]::new))
        .write()
        .parquet(PitGenerator.uri(result));
  }

  @Override
  public void close() {
    spark.stop();
  }
}
