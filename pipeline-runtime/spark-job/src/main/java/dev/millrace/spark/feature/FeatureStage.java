package dev.millrace.spark.feature;

import static org.apache.spark.sql.functions.col;

import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.spark.archive.ArchiveSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Point-in-time features of one entity (semantics.md §7): one shuffle each brings a key's events
 * and the instants asked for to the same partition, sorted alike, and an iterator runs the kernel
 * over both (performance.md §4). Rows asked for are carried through, so that stages chain.
 *
 * <p>The merge reads and writes Spark's own rows, not their public copies: unpacking millions of
 * events into objects costs more than computing their features. All of Spark that is not public is
 * used here, in {@link FeatureIterator} and in {@link InternalValues}.
 */
public final class FeatureStage {
  private static final String ORDER = "__order";
  private static final String TIME = "__time";
  private static final String KEY = "__k";

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
    List<String> parts = new ArrayList<>(plan.entity().keys());
    parts.addAll(apart);
    List<Column> eventKeys = parts.stream().map(part -> col(part)).toList();
    StructType keyTypes = types(events.schema(), parts);
    Dataset<Row> eventRows =
        sorted(
            withKey(events, eventKeys),
            eventKeys,
            col(OfflineLayout.TS),
            plan.eventColumns().columns());
    List<Column> requestKeys = new ArrayList<>(keys);
    apart.forEach(name -> requestKeys.add(col(name)));
    Dataset<Row> requestRows =
        sorted(requests, typed(requestKeys, keyTypes), time, carried(requests));
    var merge = new FeatureMerge(plan, keyTypes, requests.schema().size());
    StructType merged = requestRows.schema();
    for (OutputColumn column : plan.selected()) {
      merged = merged.add(naming.apply(column.name()), ArchiveSchema.of(column.type()), true);
    }
    return ((SparkSession) requests.sparkSession())
        .internalCreateDataFrame(
            internal(requestRows).zipPartitions(internal(eventRows), merge).rdd(), merged, false)
        .drop(working(parts.size()));
  }

  /** Rows of {@code carried}, then what {@link FeatureIterator} goes by. */
  private Dataset<Row> sorted(
      Dataset<Row> rows, List<Column> keys, Column time, List<Column> carried) {
    var columns = new ArrayList<>(carried);
    columns.add(KeyTimeOrder.of(keys, time, plan.pipeline().definition().slideMillis()).as(ORDER));
    columns.add(time.as(TIME));
    for (int i = 0; i < keys.size(); i++) {
      columns.add(keys.get(i).as(KEY + i));
    }
    Column[] shuffleKeys =
        IntStream.range(0, keys.size()).mapToObj(i -> col(KEY + i)).toArray(Column[]::new);
    return rows.select(columns.toArray(Column[]::new))
        .repartition(partitions, shuffleKeys)
        .sortWithinPartitions(col(ORDER));
  }

  private static Dataset<Row> withKey(Dataset<Row> events, List<Column> keys) {
    Dataset<Row> withKey = events;
    for (Column key : keys) {
      withKey = withKey.filter(key.isNotNull());
    }
    return withKey;
  }

  private static List<Column> carried(Dataset<Row> requests) {
    return Stream.of(requests.columns()).map(name -> col("`" + name + "`")).toList();
  }

  /** Parts of the key in the events' types: equal keys must have equal hashes. */
  private static List<Column> typed(List<Column> keys, StructType types) {
    return IntStream.range(0, keys.size())
        .mapToObj(i -> keys.get(i).cast(types.apply(i).dataType()))
        .toList();
  }

  private static StructType types(StructType schema, List<String> columns) {
    var types = new StructType();
    for (String column : columns) {
      types = types.add(schema.apply(column));
    }
    return types;
  }

  private static String[] working(int keyParts) {
    return Stream.concat(
            Stream.of(ORDER, TIME), IntStream.range(0, keyParts).mapToObj(i -> KEY + i))
        .toArray(String[]::new);
  }

  private static JavaRDD<InternalRow> internal(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().toRdd().toJavaRDD();
  }
}
