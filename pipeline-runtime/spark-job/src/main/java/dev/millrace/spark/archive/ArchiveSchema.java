package dev.millrace.spark.archive;

import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.SchemaField;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Types of the offline store's columns as Spark reads and writes them. */
public final class ArchiveSchema {
  private ArchiveSchema() {}

  /** Columns of {@code events/}: schema fields, then the ones with an underscore. */
  public static StructType events(EventSchema schema) {
    return fields(schema)
        .add(OfflineLayout.TS, DataTypes.LongType)
        .add(OfflineLayout.ARRIVAL, DataTypes.LongType)
        .add(OfflineLayout.EVENT_ID, DataTypes.StringType)
        .add(OfflineLayout.PARTITION, DataTypes.IntegerType)
        .add(OfflineLayout.OFFSET, DataTypes.LongType)
        .add(OfflineLayout.VISIBLE_FROM, DataTypes.LongType);
  }

  /** Columns of {@code features/}: key fields, {@code _asof}, feature columns. */
  public static StructType features(
      EventSchema schema, List<String> keys, List<OutputColumn> columns) {
    var type = new StructType();
    for (String key : keys) {
      type = type.add(key, of(schema.field(key).type()));
    }
    type = type.add(OfflineLayout.AS_OF, DataTypes.LongType);
    for (OutputColumn column : columns) {
      type = type.add(column.name(), of(column.type()));
    }
    return type;
  }

  /** Columns of the schema's fields alone. */
  public static StructType fields(EventSchema schema) {
    var type = new StructType();
    for (SchemaField field : schema.fields()) {
      type = type.add(field.name(), of(field.type()));
    }
    return type;
  }

  /** Spark's type of a value. */
  public static DataType of(ColumnType type) {
    return switch (type.type()) {
      case STRING -> DataTypes.StringType;
      case LONG -> DataTypes.LongType;
      case DOUBLE -> DataTypes.DoubleType;
      case BOOLEAN -> DataTypes.BooleanType;
      case DECIMAL -> DataTypes.createDecimalType(18, type.scale());
      case TIMESTAMP -> DataTypes.TimestampType;
    };
  }
}
