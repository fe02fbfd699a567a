package dev.millrace.spark.verify;

import static org.apache.spark.sql.functions.col;

import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EntityKey;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.anchor.FeatureJoin;
import dev.millrace.spark.archive.ArchiveReader;
import dev.millrace.spark.archive.ArchiveSchema;
import dev.millrace.spark.archive.DayRange;
import dev.millrace.spark.archive.SparkValues;
import dev.millrace.spark.feature.EntityPlan;
import dev.millrace.spark.feature.FeatureStage;
import dev.millrace.spark.verify.VerifyReport.ComputedRow;
import dev.millrace.spark.verify.VerifyRequest.RowRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Recomputes single rows of the anchor pipeline, for showing them beside the online store's. */
public final class RowLookup {
  private static final String NUMBER = "__number";
  private static final String TIME = "__asof";

  private final SparkSession spark;
  private final ExtractDocument document;

  public RowLookup(SparkSession spark, ExtractDocument document) {
    this.spark = spark;
    this.document = document;
  }

  /** One row per request, in their order. */
  public List<ComputedRow> compute(List<RowRequest> requests, ArchiveReader archive) {
    var computed = new HashMap<RowRequest, ComputedRow>();
    var byEntity =
        requests.stream()
            .collect(
                Collectors.groupingBy(RowRequest::entity, LinkedHashMap::new, Collectors.toList()));
    byEntity.forEach(
        (entity, some) -> {
          for (Row row : rows(document.anchor().definition().entity(entity), some, archive)) {
            RowRequest request = some.get(row.getInt(row.fieldIndex(NUMBER)));
            computed.put(request, computed(request, row));
          }
        });
    return requests.stream().map(computed::get).toList();
  }

  private List<Row> rows(Entity entity, List<RowRequest> requests, ArchiveReader archive) {
    EventSchema schema = document.anchor().definition().schema();
    var type = new StructType();
    for (String key : entity.keys()) {
      type = type.add("__" + key, ArchiveSchema.of(schema.field(key).type()));
    }
    type = type.add(TIME, DataTypes.LongType).add(NUMBER, DataTypes.IntegerType);
    var rows = new ArrayList<Row>();
    for (int i = 0; i < requests.size(); i++) {
      rows.add(row(entity, schema, requests.get(i), i));
    }
    List<Column> keys = entity.keys().stream().map(key -> col("__" + key)).toList();
    Dataset<Row> events = eventsOf(entity, rows, archive.events(days(requests)));
    var plan = EntityPlan.whole(document, document.anchor().pipeline(), entity.name());
    return new FeatureStage(plan, 1)
        .append(spark.createDataFrame(rows, type), keys, col(TIME), events, name -> name)
        .collectAsList();
  }

  /** Only the wanted keys: a lookup need not shuffle the whole archive. */
  private static Dataset<Row> eventsOf(Entity entity, List<Row> requests, Dataset<Row> events) {
    Dataset<Row> some = events;
    for (int i = 0; i < entity.keys().size(); i++) {
      int part = i;
      some =
          some.filter(
              col(entity.keys().get(i)).isin(requests.stream().map(r -> r.get(part)).toArray()));
    }
    return some;
  }

  private DayRange days(List<RowRequest> requests) {
    long first = requests.stream().mapToLong(RowRequest::asOf).min().orElseThrow();
    long last = requests.stream().mapToLong(RowRequest::asOf).max().orElseThrow();
    return new DayRange(first - FeatureJoin.reachMillis(document.anchor().definition()), last);
  }

  private static Row row(Entity entity, EventSchema schema, RowRequest request, int number) {
    List<String> parts = EntityKey.parts(request.key());
    if (parts.size() != entity.keys().size()) {
      throw new IllegalArgumentException(
          "key "
              + request.key()
              + " has "
              + parts.size()
              + " parts, entity "
              + entity.name()
              + " has "
              + entity.keys().size());
    }
    var cells = new Object[parts.size() + 2];
    for (int i = 0; i < parts.size(); i++) {
      cells[i] = part(schema.field(entity.keys().get(i)).type(), parts.get(i));
    }
    cells[parts.size()] = request.asOf();
    cells[parts.size() + 1] = number;
    return RowFactory.create(cells);
  }

  private static Object part(ColumnType type, String text) {
    return switch (type.type()) {
      case STRING -> text;
      case LONG, TIMESTAMP -> SparkValues.ofBits(type, Long.parseLong(text));
      case BOOLEAN -> Boolean.parseBoolean(text);
      case DOUBLE, DECIMAL -> throw new IllegalArgumentException(type + " is not a type of keys");
    };
  }

  private ComputedRow computed(RowRequest request, Row row) {
    var plan = EntityPlan.whole(document, document.anchor().pipeline(), request.entity());
    var columns = new LinkedHashMap<String, String>();
    for (OutputColumn column : plan.columns()) {
      Object value = row.get(row.fieldIndex(column.name()));
      columns.put(column.name(), SparkValues.text(column.type(), value));
    }
    return new ComputedRow(request.entity(), request.key(), request.asOf(), columns);
  }
}
