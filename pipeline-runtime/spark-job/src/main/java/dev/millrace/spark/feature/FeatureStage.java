package dev.millrace.spark.feature;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.spark.archive.ArchiveSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Point-in-time features of one entity (semantics.md §7): one shuffle brings a key's events and the
 * instants asked for together, a sort within partitions puts them in order, and an iterator runs
 * the kernel over them (performance.md §4). Rows asked for are carried through, so that stages
 * chain.
 */
public final class FeatureStage {
  // A request sorts before an event of the same instant: windows are strict at T.
  static final int REQUEST = 0;
  static final int EVENT = 1;

  private static final String KEY = "__k";
  private static final String TIME = "__time";
  private static final String KIND = "__kind";
  private static final String EVENT_STRUCT = "__e";
  private static final String REQUEST_STRUCT = "__r";

  private final EntityPlan plan;
  private final List<String> apart;
  private final int partitions;

  /**
   * @param plan which entity, which columns
   * @param partitions number of shuffle partitions; changes no value
   */
  public FeatureStage(EntityPlan plan, int partitions) {
    this(plan, List.of(), partitions);
  }

  /**
   * @param apart columns that requests and events both have; only events with a request's values
   *     count for it, as if every combination had an archive of its own
   */
  public FeatureStage(EntityPlan plan, List<String> apart, int partitions) {
    this.plan = plan;
    this.apart = List.copyOf(apart);
    this.partitions = partitions;
  }

  /**
   * Appends the entity's columns to every row of {@code requests}.
   *
   * @param requests rows of any form
   * @param keys their columns that form the key, in the entity's order; a null part means the row
   *     has no such key and all its features are null
   * @param time their column of T, epoch milliseconds, a grid point
   * @param events archived events of the pipeline, {@link ArchiveSchema#events}
   * @param naming column name in the result for a feature column
   */
  public Dataset<Row> append(
      Dataset<Row> requests,
      List<Column> keys,
      Column time,
      Dataset<Row> events,
      UnaryOperator<String> naming) {
    List<Column> eventKeys = withApart(plan.entity().keys().stream().map(key -> col(key)).toList());
    Dataset<Row> eventRows =
        eventsWithKey(events, eventKeys)
            .select(
                columns(
                    eventKeys, col(OfflineLayout.TS), EVENT, plan.eventColumns().packed(), null));
    StructType eventType = (StructType) eventRows.schema().apply(EVENT_STRUCT).dataType();
    Column all =
        struct(
            Arrays.stream(requests.columns())
                .map(name -> col(quoted(name)))
                .toArray(Column[]::new));
    Dataset<Row> requestRows =
        requests.select(columns(withApart(keys), time, REQUEST, lit(null).cast(eventType), all));
    StructType requestType = requests.schema();
    eventRows = eventRows.withColumn(REQUEST_STRUCT, lit(null).cast(requestType));

    Column[] shuffleKeys = keyColumns().toArray(Column[]::new);
    var order = new ArrayList<>(keyColumns());
    order.add(col(TIME));
    order.add(col(KIND));
    return requestRows
        .unionByName(eventRows)
        .repartition(partitions, shuffleKeys)
        .sortWithinPartitions(order.toArray(Column[]::new))
        .mapPartitions(
            new FeatureFunction(plan, eventKeys.size(), requestType.size()),
            Encoders.row(outputType(requestType, naming)));
  }

  private static Dataset<Row> eventsWithKey(Dataset<Row> events, List<Column> keys) {
    Dataset<Row> withKey = events;
    for (Column key : keys) {
      withKey = withKey.filter(key.isNotNull());
    }
    return withKey;
  }

  private Column[] columns(List<Column> keys, Column time, int kind, Column event, Column request) {
    var columns = new ArrayList<Column>();
    for (int i = 0; i < keys.size(); i++) {
      columns.add(keys.get(i).as(KEY + i));
    }
    columns.add(time.as(TIME));
    columns.add(lit(kind).as(KIND));
    columns.add(event.as(EVENT_STRUCT));
    if (request != null) {
      columns.add(request.as(REQUEST_STRUCT));
    }
    return columns.toArray(Column[]::new);
  }

  private List<Column> withApart(List<Column> keys) {
    var all = new ArrayList<>(keys);
    apart.forEach(name -> all.add(col(name)));
    return all;
  }

  private List<Column> keyColumns() {
    var columns = new ArrayList<Column>();
    for (int i = 0; i < plan.entity().keys().size() + apart.size(); i++) {
      columns.add(col(KEY + i));
    }
    return columns;
  }

  private StructType outputType(StructType requests, UnaryOperator<String> naming) {
    StructType type = requests;
    for (OutputColumn column : plan.selected()) {
      type = type.add(naming.apply(column.name()), ArchiveSchema.of(column.type()), true);
    }
    return type;
  }

  private static String quoted(String name) {
    return "`" + name + "`";
  }
}
