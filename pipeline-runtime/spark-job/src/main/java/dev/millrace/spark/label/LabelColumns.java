package dev.millrace.spark.label;

import dev.millrace.contract.EventSchema;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.spark.archive.ArchiveSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of {@code labels/}: archived label records, rejected ones included. */
final class LabelColumns {
  /** Why the record is no label event, or null. */
  static final String REJECTED = "_rejected";

  /** Bytes of a rejected record, so that nothing is dropped without a place. */
  static final String PAYLOAD = "_payload";

  private LabelColumns() {}

  static StructType archived(EventSchema schema) {
    return ArchiveSchema.fields(schema)
        .add(OfflineLayout.TS, DataTypes.LongType)
        .add(OfflineLayout.ARRIVAL, DataTypes.LongType)
        .add(OfflineLayout.PARTITION, DataTypes.IntegerType)
        .add(OfflineLayout.OFFSET, DataTypes.LongType)
        .add(REJECTED, DataTypes.StringType)
        .add(PAYLOAD, DataTypes.BinaryType);
  }
}
