package dev.millrace.spark.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.millrace.spark.gate.Baseline;
import dev.millrace.spark.gate.QualityGate;
import dev.millrace.spark.gate.RunStatistics;
import dev.millrace.spark.publish.DatasetWriter;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.Manifest.DataFile;
import dev.millrace.spark.storage.OfflineStorage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Percentiles over the published rows of a baseline's days (semantics.md §9). */
final class BaselineReferences {
  private final SparkSession spark;
  private final OfflineStorage storage;

  BaselineReferences(SparkSession spark, OfflineStorage storage) {
    this.spark = spark;
    this.storage = storage;
  }

  /**
   * @param schema of the run's own rows
   */
  Map<String, BigDecimal> of(
      List<Manifest> published,
      RunStatistics run,
      Baseline baseline,
      StructType schema,
      int percentile) {
    List<String> columns =
        run.percentiles().keySet().stream()
            .filter(
                column ->
                    baseline.columns().getOrDefault(column, List.of()).size()
                        >= QualityGate.FEWEST_DAYS)
            .toList();
    if (columns.isEmpty()) {
      return Map.of();
    }
    Dataset<Row> rows = null;
    for (Manifest manifest : published) {
      String[] files = files(manifest, baseline.days());
      if (files.length > 0) {
        Dataset<Row> some =
            spark.read().parquet(files).select(selected(manifest, run, columns, schema));
        rows = rows == null ? some : rows.unionByName(some);
      }
    }
    return StagedStatistics.percentiles(rows, columns, percentile);
  }

  private static Column[] selected(
      Manifest manifest, RunStatistics run, List<String> columns, StructType schema) {
    var selected = new ArrayList<Column>();
    for (String column : columns) {
      Column value =
          PublishedDays.isSameType(manifest, run, column)
              ? col("`" + column + "`")
              : lit(null).cast(schema.apply(column).dataType());
      selected.add(value.as(column));
    }
    return selected.toArray(Column[]::new);
  }

  private String[] files(Manifest manifest, List<String> days) {
    return manifest.files().stream()
        .map(DataFile::path)
        .filter(path -> days.stream().anyMatch(day -> path.contains(DatasetWriter.folder(day))))
        .map(storage::path)
        .toArray(String[]::new);
  }
}
