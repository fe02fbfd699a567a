package dev.millrace.spark.label;

import dev.millrace.contract.Attribution;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Starts a walk per partition: {@link EntityMatchIterator} or {@link LabelMatchIterator}.
 *
 * @param attribution which anchor of an entity a label event belongs to
 * @param byEntity whether anchors and label events meet by entity, not by reference
 * @param gapMillis time after t0 in which outcomes do not count
 * @param windowMillis length of the attribution window after the gap
 * @param any whether the outcome is that any value is true, not the latest value
 * @param whenAbsent outcome without a label event
 * @param anchorColumns number of columns of an anchor
 */
record LabelMatchFunction(
    Attribution attribution,
    boolean byEntity,
    long gapMillis,
    long windowMillis,
    boolean any,
    Serializable whenAbsent,
    int anchorColumns)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> sorted) {
    return byEntity ? new EntityMatchIterator(this, sorted) : new LabelMatchIterator(this, sorted);
  }

  /** The outcome after one more label event; those come in (ts, id) order. */
  Object outcome(boolean matched, Object before, Object value) {
    // The last one wins, unless any true does.
    return any && matched ? (Boolean) before || (Boolean) value : value;
  }

  /** An anchor with its two columns. */
  Row answer(Row anchor, boolean matched, Object outcome, Long[] delays) {
    var cells = new Object[anchorColumns + 2];
    for (int i = 0; i < anchorColumns; i++) {
      cells[i] = anchor.get(i);
    }
    cells[anchorColumns] = matched ? outcome : whenAbsent;
    cells[anchorColumns + 1] = delays;
    return RowFactory.create(cells);
  }
}
