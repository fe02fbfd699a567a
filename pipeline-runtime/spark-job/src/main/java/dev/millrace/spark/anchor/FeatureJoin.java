package dev.millrace.spark.anchor;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import dev.millrace.contract.Definition;
import dev.millrace.contract.DurationText;
import dev.millrace.contract.Entity;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.Feature;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.contract.Precision;
import dev.millrace.kernel.Windows;
import dev.millrace.spark.archive.ArchiveReader;
import dev.millrace.spark.archive.DayRange;
import dev.millrace.spark.feature.EntityPlan;
import dev.millrace.spark.feature.FeatureStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Joins the features of every pipeline and entity of the spec to anchors (semantics.md §7). */
public final class FeatureJoin {
  private final ExtractDocument document;
  private final Map<String, ArchiveReader> archives;
  private final int partitions;
  private final boolean few;

  /**
   * @param archives reader of each joined pipeline, by name
   * @param partitions number of shuffle partitions
   */
  public FeatureJoin(
      ExtractDocument document, Map<String, ArchiveReader> archives, int partitions) {
    this(document, archives, partitions, false);
  }

  private FeatureJoin(
      ExtractDocument document, Map<String, ArchiveReader> archives, int partitions, boolean few) {
    this.document = document;
    this.archives = archives;
    this.partitions = partitions;
    this.few = few;
  }

  /** A join of few anchors: only events of their keys are brought together. */
  public static FeatureJoin ofFew(ExtractDocument document, Map<String, ArchiveReader> archives) {
    return new FeatureJoin(document, archives, 1, true);
  }

  /**
   * Appends all feature columns.
   *
   * @param anchors rows with the columns of {@link AnchorColumns}
   * @param firstMillis least t0 of the anchors
   * @param lastMillis greatest t0 of the anchors
   */
  public Dataset<Row> append(Dataset<Row> anchors, long firstMillis, long lastMillis) {
    Dataset<Row> rows = anchors;
    for (JoinedPipeline pipeline : document.pipelines()) {
      Definition definition = pipeline.definition();
      var days =
          new DayRange(
              firstMillis - document.servingDelayMillis() - reachMillis(definition), lastMillis);
      Dataset<Row> events = archives.get(pipeline.pipeline()).events(days);
      for (String name : pipeline.entities()) {
        Entity entity = definition.entity(name);
        List<Column> keys = AnchorColumns.keys(pipeline, entity);
        Dataset<Row> own = few ? ofKeys(events, entity, rows, keys) : events;
        var plan = EntityPlan.included(document, pipeline.pipeline(), name);
        rows =
            new FeatureStage(plan, partitions)
                .append(
                    rows,
                    keys,
                    servedAt(document, definition),
                    own,
                    column -> columnName(document, pipeline, name, column));
      }
    }
    return rows;
  }

  private static Dataset<Row> ofKeys(
      Dataset<Row> events, Entity entity, Dataset<Row> anchors, List<Column> keys) {
    var wanted = new ArrayList<Column>();
    Column same = lit(true);
    for (int i = 0; i < keys.size(); i++) {
      String name = "__wanted_" + i;
      wanted.add(keys.get(i).as(name));
      same = same.and(events.col(entity.keys().get(i)).equalTo(col(name)));
    }
    return events.join(
        broadcast(anchors.select(wanted.toArray(Column[]::new)).distinct()), same, "leftsemi");
  }

  /** Names of the appended columns, in order. */
  public List<String> columns() {
    var names = new ArrayList<String>();
    for (JoinedPipeline pipeline : document.pipelines()) {
      for (String entity : pipeline.entities()) {
        EntityPlan.included(document, pipeline.pipeline(), entity)
            .selected()
            .forEach(column -> names.add(columnName(document, pipeline, entity, column.name())));
      }
    }
    return names;
  }

  /** T of an anchor: the greatest grid point with T + servingDelay ≤ t0. */
  public static Column servedAt(ExtractDocument document, Definition definition) {
    Column latest = col(AnchorColumns.TIME).minus(lit(document.servingDelayMillis()));
    return latest.minus(pmod(latest, lit(definition.slideMillis())));
  }

  /**
   * How far before T an event can lie and still be in a window: window + offset + tail, + slide.
   */
  public static long reachMillis(Definition definition) {
    long reach = 0;
    for (Entity entity : definition.entities()) {
      for (Feature feature : entity.features()) {
        for (String text : feature.windows()) {
          long window = DurationText.millis(text);
          boolean exact = feature.precision() == Precision.EXACT;
          long tail = Windows.tailMillis(definition.slideMillis(), window, exact);
          reach = Math.max(reach, window + feature.offsetMillis() + tail);
        }
      }
    }
    return reach + definition.slideMillis();
  }

  /** Name of a joined column (semantics.md §10). */
  public static String columnName(
      ExtractDocument document, JoinedPipeline pipeline, String entity, String column) {
    String own = entity + "__" + column;
    String name =
        pipeline.pipeline().equals(document.anchorPipeline())
            ? own
            : pipeline.pipeline() + "__" + own;
    return name.replace('-', '_');
  }
}
