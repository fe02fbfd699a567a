package dev.millrace.spark.run;

import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.when;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.SchemaField;
import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.gate.DayStatistics;
import dev.millrace.spark.gate.RunStatistics;
import dev.millrace.spark.publish.DatasetWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Figures of training rows that the quality gate judges (semantics.md §9). */
final class StagedStatistics {
  /** A percentile keeps the distinct values of its column in memory; so only a few at a time. */
  private static final int COLUMNS_AT_ONCE = 8;

  private StagedStatistics() {}

  /**
   * @param mature the rows' anchors, with the columns of {@link AnchorColumns}
   * @param staged the rows
   * @param features their feature columns
   */
  static RunStatistics of(
      ExtractDocument document, Dataset<Row> mature, Dataset<Row> staged, List<String> features) {
    var types = new TreeMap<String, String>();
    for (String feature : features) {
      types.put(feature, staged.schema().apply(feature).dataType().simpleString());
    }
    return new RunStatistics(
        days(document, fields(document, mature), staged, features),
        types,
        percentiles(
            staged, numeric(staged.schema(), features), document.quality().driftPercentile()));
  }

  /** Nulls per day and nullable schema field. */
  private static Map<String, Map<String, Long>> fields(
      ExtractDocument document, Dataset<Row> mature) {
    List<SchemaField> schema = document.anchor().definition().schema().fields();
    var days = new HashMap<String, Map<String, Long>>();
    Column day = date_format(timestamp_millis(col(AnchorColumns.TIME)), "yyyy-MM-dd");
    mature
        .filter(array_size(col(AnchorColumns.NULL_FIELDS)).gt(0))
        .select(day.as("day"), explode(col(AnchorColumns.NULL_FIELDS)).as("field"))
        .groupBy("day", "field")
        .count()
        .collectAsList()
        .forEach(
            row ->
                days.computeIfAbsent(row.getString(0), unused -> noNulls(schema))
                    .put(schema.get(row.getInt(1)).name(), row.getLong(2)));
    return days;
  }

  private static Map<String, Long> noNulls(List<SchemaField> schema) {
    var none = new TreeMap<String, Long>();
    schema.forEach(field -> none.put(field.name(), 0L));
    return none;
  }

  private static Map<String, DayStatistics> days(
      ExtractDocument document,
      Map<String, Map<String, Long>> fields,
      Dataset<Row> staged,
      List<String> features) {
    Map<String, Long> none = noNulls(document.anchor().definition().schema().fields());
    var nulls = new ArrayList<Column>();
    nulls.add(positives(staged.schema(), document.label().name()));
    for (String feature : features) {
      nulls.add(sum(when(valued(staged.schema(), feature).isNull(), 1L).otherwise(0L)));
    }
    var days = new TreeMap<String, DayStatistics>();
    for (Row row :
        staged
            .groupBy(DatasetWriter.ANCHOR_DATE)
            .agg(count(lit(1)), nulls.toArray(Column[]::new))
            .collectAsList()) {
      var columns = new TreeMap<String, Long>();
      for (int i = 0; i < features.size(); i++) {
        columns.put(features.get(i), row.getLong(3 + i));
      }
      Map<String, Long> ofDay = fields.getOrDefault(row.getString(0), none);
      days.put(row.getString(0), new DayStatistics(row.getLong(1), row.getAs(2), ofDay, columns));
    }
    return days;
  }

  private static Column positives(StructType schema, String label) {
    return schema.apply(label).dataType().equals(DataTypes.BooleanType)
        ? sum(when(col("`" + label + "`"), 1L).otherwise(0L))
        : lit(null).cast("long");
  }

  /** Those columns that have a percentile. */
  static List<String> numeric(StructType schema, List<String> columns) {
    return columns.stream()
        .filter(column -> schema.apply(column).dataType() instanceof NumericType)
        .toList();
  }

  /**
   * Percentiles by exact nearest rank over the values of each column; columns without any value
   * have none. Spark answers with a double: exact for whole and decimal numbers of up to 15 digits.
   */
  static Map<String, BigDecimal> percentiles(
      Dataset<Row> rows, List<String> columns, int percentile) {
    var found = new TreeMap<String, BigDecimal>();
    for (int from = 0; from < columns.size(); from += COLUMNS_AT_ONCE) {
      List<String> some = columns.subList(from, Math.min(columns.size(), from + COLUMNS_AT_ONCE));
      Column[] values =
          some.stream().map(name -> valued(rows.schema(), name).as(name)).toArray(Column[]::new);
      Column[] ranks = some.stream().map(name -> rank(name, percentile)).toArray(Column[]::new);
      Row row =
          rows.select(values).agg(ranks[0], Arrays.copyOfRange(ranks, 1, ranks.length)).head();
      for (int i = 0; i < some.size(); i++) {
        if (!row.isNullAt(i)) {
          found.put(some.get(i), BigDecimal.valueOf(row.getDouble(i)));
        }
      }
    }
    return found;
  }

  private static Column rank(String column, int percentile) {
    String share = BigDecimal.valueOf(percentile, 2).toPlainString();
    return expr("percentile_disc(" + share + ") WITHIN GROUP (ORDER BY `" + column + "`)");
  }

  /** NaN is null (semantics.md §2). */
  private static Column valued(StructType schema, String column) {
    DataType type = schema.apply(column).dataType();
    Column value = col("`" + column + "`");
    return type.equals(DataTypes.DoubleType)
        ? when(value.isNaN(), lit(null)).otherwise(value)
        : value;
  }
}
