package dev.millrace.spark.verify;

import static org.apache.spark.sql.functions.col;

import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.Entity;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.spark.archive.ArchiveListing;
import dev.millrace.spark.archive.ArchiveReader;
import dev.millrace.spark.archive.ArchiveSchema;
import dev.millrace.spark.archive.DayRange;
import dev.millrace.spark.consistency.RowComparison;
import dev.millrace.spark.feature.EntityPlan;
import dev.millrace.spark.feature.FeatureStage;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The feature log is the witness (semantics.md §7): every row that the anchor pipeline's version
 * fired is computed again from the archive and must be the same, bit for bit. Rows before the
 * version's switch were served to nobody and are left out.
 */
public final class ParityCheck {
  private final SparkSession spark;
  private final ExtractDocument document;
  private final OfflineStorage storage;
  private final int partitions;
  private final Map<String, List<String>> files = new TreeMap<>();

  /** Lists the feature log. */
  public ParityCheck(SparkSession spark, ExtractDocument document, int partitions) {
    this.spark = spark;
    this.document = document;
    this.partitions = partitions;
    storage =
        new OfflineStorage(
            document.anchor().location(), spark.sparkContext().hadoopConfiguration());
    for (Entity entity : document.anchor().definition().entities()) {
      String folder = OfflineLayout.features(document.anchor().version(), entity.name());
      files.put(entity.name(), List.copyOf(storage.parquetFiles(folder).keySet()));
    }
  }

  /**
   * Compares all entities.
   *
   * @param archive listed after this check was made: the events of a logged row are archived no
   *     later than the row
   */
  public VerifyReport.Parity compare(ArchiveReader archive) {
    long rows = 0;
    long mismatches = 0;
    var byColumn = new TreeMap<String, Long>();
    for (Entity entity : document.anchor().definition().entities()) {
      var result = compare(entity, archive.events(DayRange.ALL));
      if (result != null) {
        rows += result.rows();
        mismatches += result.different();
        byColumn.putAll(result.byColumn());
      }
    }
    return new VerifyReport.Parity(rows, mismatches, byColumn);
  }

  private RowComparison.Result compare(Entity entity, Dataset<Row> events) {
    JoinedPipeline pipeline = document.anchor();
    String[] logs = files.get(entity.name()).stream().map(storage::path).toArray(String[]::new);
    if (logs.length == 0) {
      return null;
    }
    var plan = EntityPlan.whole(document, pipeline.pipeline(), entity.name());
    List<OutputColumn> columns = plan.columns();
    var schema = ArchiveSchema.features(pipeline.definition().schema(), entity.keys(), columns);
    Dataset<Row> logged =
        spark
            .read()
            .schema(schema)
            .parquet(logs)
            .filter(col(OfflineLayout.AS_OF).geq(servedFrom()));
    List<Column> keys = entity.keys().stream().map(key -> col(key)).toList();
    Dataset<Row> both =
        new FeatureStage(plan, partitions)
            .append(logged, keys, col(OfflineLayout.AS_OF), events, ParityCheck::recomputed);
    var names = new ArrayList<String>();
    var left = new ArrayList<String>();
    var right = new ArrayList<String>();
    for (OutputColumn column : columns) {
      names.add(entity.name() + "__" + column.name());
      left.add(column.name());
      right.add(recomputed(column.name()));
    }
    return RowComparison.compare(both, names, left, right);
  }

  private long servedFrom() {
    var versions =
        storage.read(OfflineLayout.VERSIONS).map(DocumentCodec::readVersions).orElseThrow();
    Long servedFrom = ArchiveListing.servedFrom(document.anchor().version(), versions);
    return servedFrom == null ? Long.MIN_VALUE : servedFrom;
  }

  private static String recomputed(String column) {
    return "__recomputed_" + column;
  }
}
