package dev.millrace.spark.run;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.Entity;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.anchor.FeatureJoin;
import dev.millrace.spark.archive.ArchiveInput;
import dev.millrace.spark.archive.ArchiveSchema;
import dev.millrace.spark.archive.DayRange;
import dev.millrace.spark.consistency.RowComparison;
import dev.millrace.spark.feature.EntityPlan;
import dev.millrace.spark.publish.Consistency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Holds a sample of a run's training rows against what serving had: the newest row of the feature
 * log at or before T, or the row of empty windows where there is none. So a changed, a missing and
 * a superfluous row of the log all show.
 */
final class ConsistencySample {
  /** A fault in one row of 500 is found nine times out of ten; the log is read once per entity. */
  private static final int ANCHORS = 1_000;

  private static final String NUMBER = "__number";
  private static final String SERVED_AT = "__served_at";
  private static final String LOGGED = "__logged";
  private static final String KEY = "__key_";

  private final SparkSession spark;
  private final ExtractDocument document;
  private final RunInputs inputs;
  private final Archives archives;

  ConsistencySample(
      SparkSession spark, ExtractDocument document, RunInputs inputs, Archives archives) {
    this.spark = spark;
    this.document = document;
    this.inputs = inputs;
    this.archives = archives;
  }

  /**
   * Compares.
   *
   * @param mature the run's anchors, with the columns of {@link AnchorColumns}
   */
  Consistency compare(Dataset<Row> mature, StateCounts.Mature counts) {
    var anchors = new DayRange(counts.firstMillis(), counts.lastMillis());
    var logs = new LoggedFeatures(spark, document, inputs, anchors);
    if (counts.rows() == 0 || logs.isEmpty()) {
      return new Consistency(0, 0, Map.of(), 0, logs.missing());
    }
    List<Row> chosen =
        mature
            .orderBy(
                xxhash64(col(AnchorColumns.ID), col(AnchorColumns.TIME)),
                col(AnchorColumns.ID),
                col(AnchorColumns.TIME))
            .limit(ANCHORS)
            .collectAsList();
    Dataset<Row> recomputed =
        FeatureJoin.ofFew(document, archives.of(inputs))
            .append(numbered(chosen, mature.schema()), counts.firstMillis(), counts.lastMillis())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return compare(recomputed, logs);
    } finally {
      recomputed.unpersist();
    }
  }

  private Dataset<Row> numbered(List<Row> chosen, StructType type) {
    var rows = new ArrayList<Row>();
    for (Row row : chosen) {
      var cells = new Object[row.size() + 1];
      for (int i = 0; i < row.size(); i++) {
        cells[i] = row.get(i);
      }
      cells[row.size()] = rows.size();
      rows.add(RowFactory.create(cells));
    }
    return spark.createDataFrame(rows, type.add(NUMBER, DataTypes.IntegerType));
  }

  private Consistency compare(Dataset<Row> recomputed, LoggedFeatures logs) {
    long rows = 0;
    long mismatches = 0;
    long notServed = 0;
    var byColumn = new TreeMap<String, Long>();
    for (JoinedPipeline pipeline : document.pipelines()) {
      ArchiveInput input = inputs.archives().get(pipeline.pipeline());
      for (String entity : pipeline.entities()) {
        Optional<Dataset<Row>> log = logs.of(pipeline, entity);
        if (log.isEmpty()) {
          continue;
        }
        Dataset<Row> wanted = wanted(recomputed, pipeline, entity);
        Dataset<Row> served =
            input.servedFrom() == null
                ? wanted
                : wanted.filter(col(SERVED_AT).geq(input.servedFrom()));
        var found = compare(served, pipeline, entity, log.get());
        rows += found.rows();
        mismatches += found.different();
        notServed += input.servedFrom() == null ? 0 : wanted.count() - found.rows();
        byColumn.putAll(found.byColumn());
      }
    }
    return new Consistency(rows, mismatches, byColumn, notServed, logs.missing());
  }

  /** Anchors that have the key, with its parts and T. */
  private Dataset<Row> wanted(Dataset<Row> recomputed, JoinedPipeline pipeline, String name) {
    Dataset<Row> wanted = recomputed;
    List<Column> keys = AnchorColumns.keys(pipeline, pipeline.definition().entity(name));
    for (int i = 0; i < keys.size(); i++) {
      wanted = wanted.withColumn(KEY + i, keys.get(i)).filter(keys.get(i).isNotNull());
    }
    return wanted.withColumn(SERVED_AT, FeatureJoin.servedAt(document, pipeline.definition()));
  }

  private RowComparison.Result compare(
      Dataset<Row> wanted, JoinedPipeline pipeline, String name, Dataset<Row> log) {
    Entity entity = pipeline.definition().entity(name);
    EntityPlan plan = EntityPlan.included(document, pipeline.pipeline(), name);
    List<OutputColumn> columns = plan.selected();
    var asked = new ArrayList<Column>(List.of(col(NUMBER), col(SERVED_AT)));
    Column same = log.col(OfflineLayout.AS_OF).leq(col(SERVED_AT));
    for (int i = 0; i < entity.keys().size(); i++) {
      asked.add(col(KEY + i));
      same = same.and(log.col(entity.keys().get(i)).equalTo(col(KEY + i)));
    }
    var row = new ArrayList<Column>(List.of(log.col(OfflineLayout.AS_OF)));
    columns.forEach(column -> row.add(log.col(column.name())));
    // The greatest struct is the one of the greatest T: a key has one row per T.
    Dataset<Row> newest =
        log.join(broadcast(wanted.select(asked.toArray(Column[]::new))), same)
            .groupBy(NUMBER)
            .agg(max(struct(row.toArray(Column[]::new))).as(LOGGED));
    Dataset<Row> both = wanted.join(newest, wanted.col(NUMBER).equalTo(newest.col(NUMBER)), "left");
    List<Object> empty = plan.emptyValues();
    var names = new ArrayList<String>();
    var values = new ArrayList<Column>();
    var logged = new ArrayList<String>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i).name();
      names.add(FeatureJoin.columnName(document, pipeline, name, column));
      logged.add("__logged_" + i);
      values.add(col("`" + names.get(i) + "`"));
      values.add(
          when(col(LOGGED).isNull(), lit(empty.get(i)))
              .otherwise(col(LOGGED).getField(column))
              .cast(ArchiveSchema.of(columns.get(i).type()))
              .as(logged.get(i)));
    }
    return RowComparison.compare(both.select(values.toArray(Column[]::new)), names, names, logged);
  }
}
