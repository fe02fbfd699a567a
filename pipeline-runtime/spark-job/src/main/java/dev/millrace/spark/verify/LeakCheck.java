package dev.millrace.spark.verify;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.xxhash64;

import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.Entity;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.anchor.AnchorReader;
import dev.millrace.spark.anchor.FeatureJoin;
import dev.millrace.spark.archive.ArchiveReader;
import dev.millrace.spark.archive.DayRange;
import dev.millrace.spark.feature.EntityPlan;
import dev.millrace.spark.feature.FeatureStage;
import dev.millrace.spark.publish.DatasetWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * The first two metamorphic laws of semantics.md §7 on published rows: computed from an archive
 * whose future is changed they are equal, computed from one whose past is changed they differ. The
 * stage that computes them is the extract's own.
 */
public final class LeakCheck {
  private final SparkSession spark;
  private final ExtractDocument document;
  private final Map<String, ArchiveReader> archives;
  private final int partitions;
  private final long asOfMillis;

  public LeakCheck(
      SparkSession spark,
      ExtractDocument document,
      Map<String, ArchiveReader> archives,
      int partitions,
      long asOfMillis) {
    this.spark = spark;
    this.document = document;
    this.archives = archives;
    this.partitions = partitions;
    this.asOfMillis = asOfMillis;
  }

  /**
   * Checks about {@code anchors} rows, shared among the joined entities; the sample is the same in
   * every run.
   *
   * @param published rows of the training set
   */
  public VerifyReport.Leak check(Dataset<Row> published, int anchors) {
    var skipped = new ArrayList<String>();
    int entities = document.pipelines().stream().mapToInt(p -> p.entities().size()).sum();
    long sampled = 0;
    long future = 0;
    long past = 0;
    for (JoinedPipeline pipeline : document.pipelines()) {
      for (String name : pipeline.entities()) {
        int share = (anchors + entities - 1) / Math.max(1, entities);
        var result = check(pipeline, name, published, Math.min(share, anchors - (int) sampled));
        if (result == null) {
          skipped.add(name);
        } else {
          sampled += result.anchors();
          future += result.futureChangedDiffer();
          past += result.pastChangedDiffer();
        }
      }
    }
    return new VerifyReport.Leak(sampled, future, past, skipped);
  }

  private VerifyReport.Leak check(
      JoinedPipeline pipeline, String name, Dataset<Row> published, int wanted) {
    Entity entity = pipeline.definition().entity(name);
    var window = SampledWindow.of(pipeline.definition(), entity);
    var plan = EntityPlan.included(document, pipeline.pipeline(), name);
    List<String> columns = plan.selected().stream().map(OutputColumn::name).toList();
    if (window.isEmpty() || !columns.contains(window.get().column())) {
      return null;
    }
    List<String> names =
        columns.stream()
            .map(column -> FeatureJoin.columnName(document, pipeline, name, column))
            .toList();
    String counted = FeatureJoin.columnName(document, pipeline, name, window.get().column());
    Dataset<Row> sample = sample(pipeline, published, names, counted, wanted);
    Dataset<Row> events = copies(pipeline, entity, sample).persist();
    try {
      var changed = new ChangedArchives(pipeline.definition(), entity);
      var stage = new FeatureStage(plan, List.of(ChangedArchives.SAMPLE), partitions);
      List<Column> keys = AnchorColumns.keys(pipeline, entity);
      Column t = col(ChangedArchives.SAMPLE_T);
      Dataset<Row> future =
          stage.append(sample, keys, t, changed.future(events), column -> "__future_" + column);
      Dataset<Row> past =
          stage.append(
              sample, keys, t, changed.past(events, window.get()), column -> "__past_" + column);
      var afterFuture = RowComparison.compare(future, names, names, named("__future_", columns));
      var afterPast = RowComparison.compare(past, names, names, named("__past_", columns));
      return new VerifyReport.Leak(
          afterFuture.rows(), afterFuture.different(), afterPast.different(), List.of());
    } finally {
      events.unpersist();
    }
  }

  /** Published rows with something in the window, their key fields, a number, T and t0. */
  private Dataset<Row> sample(
      JoinedPipeline pipeline,
      Dataset<Row> published,
      List<String> names,
      String counted,
      int wanted) {
    Dataset<Row> anchors =
        AnchorReader.read(document, archives.get(document.anchor().pipeline()), asOfMillis)
            .dropDuplicates(AnchorColumns.ID, AnchorColumns.TIME);
    var columns = new ArrayList<Column>();
    for (String column : anchors.columns()) {
      columns.add(col(column));
    }
    names.forEach(name -> columns.add(col(name)));
    columns.add(FeatureJoin.servedAt(document, pipeline.definition()).as(ChangedArchives.SAMPLE_T));
    columns.add(col(AnchorColumns.TIME).as(ChangedArchives.SAMPLE_T0));
    Dataset<Row> chosen =
        published
            .filter(col(counted).gt(lit(0)))
            .orderBy(
                xxhash64(col(DatasetWriter.ANCHOR_ID), col(DatasetWriter.T0)),
                col(DatasetWriter.ANCHOR_ID),
                col(DatasetWriter.T0))
            .limit(wanted);
    Column same =
        col(AnchorColumns.ID)
            .equalTo(col(DatasetWriter.ANCHOR_ID))
            .and(timestamp_millis(col(AnchorColumns.TIME)).equalTo(col(DatasetWriter.T0)));
    Dataset<Row> joined =
        anchors.join(broadcast(chosen), same).select(columns.toArray(Column[]::new));
    var rows = new ArrayList<Row>();
    for (Row row : joined.collectAsList()) {
      var cells = new Object[row.size() + 1];
      for (int i = 0; i < row.size(); i++) {
        cells[i] = row.get(i);
      }
      cells[row.size()] = rows.size();
      rows.add(RowFactory.create(cells));
    }
    return spark.createDataFrame(
        rows, joined.schema().add(ChangedArchives.SAMPLE, DataTypes.IntegerType));
  }

  /** For every sample the events of its key that could matter, before and after. */
  private Dataset<Row> copies(JoinedPipeline pipeline, Entity entity, Dataset<Row> sample) {
    var columns = new ArrayList<Column>();
    List<Column> keys = AnchorColumns.keys(pipeline, entity);
    for (int i = 0; i < keys.size(); i++) {
      columns.add(keys.get(i).as("__sample_key_" + i));
    }
    columns.add(col(ChangedArchives.SAMPLE));
    columns.add(col(ChangedArchives.SAMPLE_T));
    columns.add(col(ChangedArchives.SAMPLE_T0));
    long reach = FeatureJoin.reachMillis(pipeline.definition());
    Column wanted =
        col(OfflineLayout.TS)
            .geq(col(ChangedArchives.SAMPLE_T).minus(lit(reach)))
            .and(col(OfflineLayout.TS).leq(col(ChangedArchives.SAMPLE_T0).plus(lit(reach))));
    for (int i = 0; i < keys.size(); i++) {
      wanted = wanted.and(col(entity.keys().get(i)).equalTo(col("__sample_key_" + i)));
    }
    return archives
        .get(pipeline.pipeline())
        .events(DayRange.ALL)
        .join(broadcast(sample.select(columns.toArray(Column[]::new))), wanted);
  }

  private static List<String> named(String prefix, List<String> columns) {
    return columns.stream().map(column -> prefix + column).toList();
  }
}
