package dev.millrace.operator.plan;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.DurationText;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.SchemaField;
import dev.millrace.contract.SourceFormat;
import dev.millrace.operator.plan.spec.SourceSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** A source's schema as the contract has it, and as variables of expressions. */
final class SourceSchemas {
  private SourceSchemas() {}

  /** Type of a field; a Decimal without scale, refused elsewhere, counts as scale 0. */
  static ColumnType type(SourceSpec.FieldSpec field) {
    FieldType type = FieldType.parse(field.type());
    int scale = type == FieldType.DECIMAL && field.scale() != null ? field.scale() : 0;
    return new ColumnType(type, scale);
  }

  /** Types by field name, in the order of the schema. */
  static Map<String, ColumnType> variables(SourceSpec source) {
    var variables = new LinkedHashMap<String, ColumnType>();
    source.schema().forEach(field -> variables.putIfAbsent(field.name(), type(field)));
    return variables;
  }

  static EventSchema schema(SourceSpec source) {
    return new EventSchema(
        EnumText.of(SourceFormat.values(), SourceFormat::text, source.format()),
        source.schema().stream()
            .map(
                field -> new SchemaField(field.name(), type(field), field.nullable(), field.path()))
            .toList(),
        source.eventId(),
        source.eventTime().field(),
        EnumText.of(EventTimeUnit.values(), EventTimeUnit::text, source.eventTime().unit()),
        DurationText.millis(source.watermark().maxOutOfOrderness()),
        DurationText.millis(source.watermark().maxFutureSkew()));
  }
}
