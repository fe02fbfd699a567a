package dev.millrace.flink.oracle;

import static dev.millrace.flink.stack.TestDefinitions.field;
import static dev.millrace.flink.stack.TestDefinitions.nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.DurationText;
import dev.millrace.contract.Entity;
import dev.millrace.contract.Feature;
import dev.millrace.contract.Precision;
import dev.millrace.flink.stack.TestDefinitions;
import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import dev.millrace.testkit.LogRecord;
import dev.millrace.testkit.LogRules;
import dev.millrace.testkit.NaiveWindows;
import dev.millrace.testkit.StreamShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * One definition in both languages: as a pipeline's document and as the oracle's columns. Two
 * entities, {@code buyer} and {@code item}; a buyer may be absent, then the item judges; both may
 * be absent, then the record is Undecodable.
 */
public final class ShopStream {
  public static final long SLIDE = 30_000;
  public static final LogRules RULES = LogRules.defaults(SLIDE);
  public static final List<String> ENTITIES = List.of("buyer", "item");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<InputType> INPUTS =
      List.of(InputType.PRESENCE, InputType.INTEGER, InputType.DOUBLE, InputType.TEXT);
  private static final List<String> FIELDS = List.of("", "units", "price", "colour");

  private record Spec(
      String name, Aggregate aggregate, int input, long offset, String... windows) {}

  private static final List<Spec> SPECS =
      List.of(
          new Spec("n", Aggregate.COUNT, 0, 0, "5m", "24h"),
          new Spec("units", Aggregate.SUM, 1, 0, "5m", "1h"),
          new Spec("most", Aggregate.MAX, 1, 0, "1h"),
          new Spec("price", Aggregate.SUM, 2, 0, "1h"),
          new Spec("mean", Aggregate.MEAN, 2, 0, "1h"),
          new Spec("spread", Aggregate.STD_DEV, 2, 0, "1h"),
          new Spec("cheapest", Aggregate.MIN, 2, 0, "1h"),
          new Spec("first", Aggregate.FIRST, 3, 0, "1h"),
          new Spec("last", Aggregate.LAST, 3, 0, "5m"),
          new Spec("colours", Aggregate.COUNT_DISTINCT, 3, 0, "1h"),
          new Spec("before", Aggregate.SUM, 1, 600_000, "1h"));

  private ShopStream() {}

  public static StreamShape shape(int events, int partitions, StreamShape.Disorder disorder) {
    return new StreamShape(
        events,
        12,
        partitions,
        1_700_000_000_000L,
        15_000,
        30 * 60_000,
        false,
        disorder,
        INPUTS.subList(1, 4));
  }

  public static Definition definition() {
    var features = SPECS.stream().map(ShopStream::feature).toArray(Feature[]::new);
    return TestDefinitions.definition(
        SLIDE,
        TestDefinitions.schema(
            RULES.maxOutOfOrdernessMillis(),
            field("id", ColumnType.LONG),
            field("ts", ColumnType.TIMESTAMP),
            nullable("buyer", ColumnType.STRING),
            nullable("item", ColumnType.LONG),
            nullable("units", ColumnType.LONG),
            nullable("price", ColumnType.DOUBLE),
            nullable("colour", ColumnType.STRING)),
        RULES.allowedLatenessMillis(),
        RULES.horizonMillis(),
        new Entity("buyer", List.of("buyer"), List.of(features), List.of()),
        new Entity("item", List.of("item"), List.of(features), List.of()));
  }

  private static Feature feature(Spec spec) {
    return new Feature(
        spec.name,
        Aggregation.valueOf(spec.aggregate.name()),
        FIELDS.get(spec.input),
        "",
        List.of(spec.windows),
        spec.offset,
        "",
        Precision.HOPPED,
        "");
  }

  /** Column names in the order of {@link #windows()}. */
  public static List<String> columns() {
    var names = new ArrayList<String>();
    SPECS.forEach(spec -> List.of(spec.windows).forEach(w -> names.add(spec.name + "_" + w)));
    return names;
  }

  public static NaiveWindows windows() {
    var columns = new ArrayList<WindowColumn>();
    for (Spec spec : SPECS) {
      for (String window : spec.windows) {
        long millis = DurationText.millis(window);
        long tail = NaiveWindows.tailMillis(SLIDE, millis);
        columns.add(new WindowColumn(spec.input, spec.aggregate, millis, tail, spec.offset, 0, 0));
      }
    }
    return new NaiveWindows(SLIDE, INPUTS, columns);
  }

  /** Gives a generated record both keys, an offset of Kafka's own, and values that JSON can say. */
  public static LogRecord shop(LogRecord record, long offset) {
    long id = record.id() == null ? 1 : Math.floorMod(record.id().number(), 1_000_003L);
    var keys = new ArrayList<String>();
    keys.add(id % 9 == 0 ? null : "b/" + record.keys().get(0));
    keys.add(id % 5 == 0 || id % 27 == 0 ? null : Long.toString(id % 7));
    var values = new ArrayList<Object>();
    values.add(Boolean.TRUE);
    for (Object value : record.values()) {
      boolean unsayable = value instanceof Double number && !Double.isFinite(number);
      values.add(unsayable ? null : value);
    }
    return new LogRecord(
        record.partition(), offset, record.arrival(), record.ts(), record.id(), keys, values);
  }

  public static String json(LogRecord record) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("id", record.id() == null ? null : record.id().number());
    fields.put("ts", record.ts());
    fields.put("buyer", record.keys().get(0));
    String item = record.keys().get(1);
    fields.put("item", item == null ? null : Long.valueOf(item));
    fields.put("units", record.values().get(1));
    fields.put("price", record.values().get(2));
    fields.put("colour", record.values().get(3));
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map always has a JSON form", e);
    }
  }
}
