package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopDefinition.feature;
import static dev.millrace.spark.fixture.ShopDefinition.field;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.Attribution;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.LabelMatch;
import dev.millrace.contract.SourceFormat;
import dev.millrace.spark.fixture.ShopDefinition;
import java.util.List;

/** The definitions under which Online Retail's published windows and labels are ours. */
final class RetailDefinition {
  static final String[] WINDOWS = {"1h", "1d", "7d", "30d"};

  private RetailDefinition() {}

  static Definition pipeline() {
    var schema =
        new EventSchema(
            SourceFormat.JSON,
            List.of(
                field("row", ColumnType.LONG, false),
                field("customer", ColumnType.LONG, false),
                field("quantity", ColumnType.LONG, false),
                field("amount", ColumnType.LONG, false),
                field("ts", ColumnType.LONG, false)),
            "row",
            "ts",
            EventTimeUnit.MILLIS,
            0,
            300_000);
    var customer =
        new Entity(
            "customer",
            List.of("customer"),
            List.of(
                feature("n", Aggregation.COUNT, "", "", WINDOWS),
                feature("s", Aggregation.SUM, "amount", "", WINDOWS)),
            List.of());
    return new Definition(MINUTE, schema, 0, DAY, List.of(customer), Definition.NUMERICS_VERSION);
  }

  static LabelDefinition label(long attributionWindow) {
    var schema = ShopDefinition.labelSchema(field("row", ColumnType.LONG, false));
    return new LabelDefinition(
        "returned",
        schema,
        new LabelMatch.ByReference("row", "row"),
        "true",
        "false",
        0,
        attributionWindow,
        0,
        1000 * DAY,
        Attribution.LAST_TOUCH);
  }
}
