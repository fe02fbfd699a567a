package dev.millrace.spark.label;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Starts a {@link LabelMatchIterator} per partition.
 *
 * @param gapMillis time after t0 in which outcomes do not count
 * @param windowMillis length of the attribution window after the gap
 * @param any whether the outcome is that any value is true, not the latest value
 * @param whenAbsent outcome without a label event
 * @param anchorColumns number of columns of an anchor
 */
record LabelMatchFunction(
    long gapMillis, long windowMillis, boolean any, Serializable whenAbsent, int anchorColumns)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> sorted) {
    return new LabelMatchIterator(this, sorted);
  }
}
