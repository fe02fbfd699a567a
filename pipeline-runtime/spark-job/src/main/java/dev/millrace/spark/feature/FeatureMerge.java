package dev.millrace.spark.feature;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Starts a {@link FeatureIterator} per partition. */
final class FeatureMerge
    implements FlatMapFunction2<Iterator<InternalRow>, Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final EntityPlan plan;
  private final StructType keyTypes;
  private final int requestColumns;

  FeatureMerge(EntityPlan plan, StructType keyTypes, int requestColumns) {
    this.plan = plan;
    this.keyTypes = keyTypes;
    this.requestColumns = requestColumns;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> requests, Iterator<InternalRow> events) {
    return new FeatureIterator(plan, keyTypes, requestColumns, requests, events);
  }
}
