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
import dev.millrace.spark.consistency.RowComparison;
import dev.millrace.spark.feature.EntityPlan;
import dev.millrace.spark.feature.FeatureStage;
import dev.millrace.spark.publish.DatasetWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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
  private static final String FUTURE = "__future_";
  private static final String PAST = "__past_";

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
    var checked = new ArrayList<Checked>();
    for (JoinedPipeline pipeline : document.pipelines()) {
      for (String name : pipeline.entities()) {
        Checked entity = Checked.of(document, pipeline, name);
        if (entity == null) {
          skipped.add(name);
        } else {
          checked.add(entity);
        }
      }
    }
    long sampled = 0;
    long future = 0;
    long past = 0;
    for (int i = 0; i < checked.size(); i++) {
      int share = (anchors - (int) sampled) / (checked.size() - i);
      var result = check(checked.get(i), published, share);
      sampled += result.anchors();
      future += result.futureChangedDiffer();
      past += result.pastChangedDiffer();
    }
    return new VerifyReport.Leak(sampled, future, past, skipped);
  }

  /** An entity whose past can be changed so that it must show. */
  private record Checked(
      JoinedPipeline pipeline,
      Entity entity,
      EntityPlan plan,
      SampledWindow window,
      List<String> columns,
      List<String> names,
      String sampledName) {

    static Checked of(ExtractDocument document, JoinedPipeline pipeline, String name) {
      Entity entity = pipeline.definition().entity(name);
      var window = SampledWindow.of(pipeline.definition(), entity);
      var plan = EntityPlan.included(document, pipeline.pipeline(), name);
      List<String> columns = plan.selected().stream().map(OutputColumn::name).toList();
      if (window.isEmpty() || !columns.contains(window.get().column())) {
        return null;
      }
      UnaryOperator<String> naming =
          column -> FeatureJoin.columnName(document, pipeline, name, column);
      return new Checked(
          pipeline,
          entity,
          plan,
          window.get(),
          columns,
          columns.stream().map(naming).toList(),
          naming.apply(window.get().column()));
    }
  }

  private VerifyReport.Leak check(Checked of, Dataset<Row> published, int wanted) {
    Dataset<Row> sample = sample(of, published, wanted);
    Dataset<Row> events = copies(of, sample).persist();
    try {
      var changed = new ChangedArchives(of.pipeline().definition(), of.entity());
      var stage = new FeatureStage(of.plan(), List.of(ChangedArchives.SAMPLE), partitions);
      List<Column> keys = AnchorColumns.keys(of.pipeline(), of.entity());
      Column t = col(ChangedArchives.SAMPLE_T);
      Dataset<Row> future =
          stage.append(sample, keys, t, changed.future(events), column -> FUTURE + column);
      Dataset<Row> past =
          stage.append(sample, keys, t, changed.past(events, of.window()), column -> PAST + column);
      var afterFuture =
          RowComparison.compare(future, of.names(), of.names(), named(FUTURE, of.columns()));
      var afterPast =
          RowComparison.compare(past, of.names(), of.names(), named(PAST, of.columns()));
      return new VerifyReport.Leak(
          afterFuture.rows(), afterFuture.different(), afterPast.different(), List.of());
    } finally {
      events.unpersist();
    }
  }

  /** Published rows with something in the window, their key fields, a number, T and t0. */
  private Dataset<Row> sample(Checked of, Dataset<Row> published, int wanted) {
    Dataset<Row> anchors =
        AnchorReader.read(document, archives.get(document.anchor().pipeline()), asOfMillis);
    var columns = new ArrayList<Column>();
    for (String column : anchors.columns()) {
      columns.add(col(column));
    }
    of.names().forEach(name -> columns.add(col(name)));
    columns.add(
        FeatureJoin.servedAt(document, of.pipeline().definition()).as(ChangedArchives.SAMPLE_T));
    columns.add(col(AnchorColumns.TIME).as(ChangedArchives.SAMPLE_T0));
    Dataset<Row> chosen =
        published
            .filter(of.window().isFilled(col(of.sampledName())))
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
        anchors
            .join(broadcast(chosen), same)
            .dropDuplicates(AnchorColumns.ID, AnchorColumns.TIME)
            .select(columns.toArray(Column[]::new));
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
  private Dataset<Row> copies(Checked of, Dataset<Row> sample) {
    var columns = new ArrayList<Column>();
    List<Column> keys = AnchorColumns.keys(of.pipeline(), of.entity());
    for (int i = 0; i < keys.size(); i++) {
      columns.add(keys.get(i).as("__sample_key_" + i));
    }
    columns.add(col(ChangedArchives.SAMPLE));
    columns.add(col(ChangedArchives.SAMPLE_T));
    columns.add(col(ChangedArchives.SAMPLE_T0));
    long reach = FeatureJoin.reachMillis(of.pipeline().definition());
    Column wanted =
        col(OfflineLayout.TS)
            .geq(col(ChangedArchives.SAMPLE_T).minus(lit(reach)))
            .and(col(OfflineLayout.TS).leq(col(ChangedArchives.SAMPLE_T0).plus(lit(reach))));
    for (int i = 0; i < keys.size(); i++) {
      wanted = wanted.and(col(of.entity().keys().get(i)).equalTo(col("__sample_key_" + i)));
    }
    return archives
        .get(of.pipeline().pipeline())
        .events(DayRange.ALL)
        .join(broadcast(sample.select(columns.toArray(Column[]::new))), wanted);
  }

  private static List<String> named(String prefix, List<String> columns) {
    return columns.stream().map(column -> prefix + column).toList();
  }
}
