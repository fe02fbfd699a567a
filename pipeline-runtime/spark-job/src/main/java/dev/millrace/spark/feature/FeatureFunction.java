package dev.millrace.spark.feature;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/** Starts a {@link FeatureIterator} per partition. */
final class FeatureFunction implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final EntityPlan plan;
  private final int keyParts;
  private final int requestColumns;

  FeatureFunction(EntityPlan plan, int keyParts, int requestColumns) {
    this.plan = plan;
    this.keyParts = keyParts;
    this.requestColumns = requestColumns;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> sorted) {
    return new FeatureIterator(plan, keyParts, requestColumns, sorted);
  }
}
