package dev.millrace.spark.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.Surrogate;
import dev.millrace.spark.publish.Agreement;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;

/** Compares surrogates with the label over a run's training rows. */
final class Agreements {
  private Agreements() {}

  /** Agreement by surrogate; none unless both are Boolean. */
  static Map<String, Agreement> of(ExtractDocument document, Dataset<Row> staged) {
    var agreements = new TreeMap<String, Agreement>();
    String label = document.label().name();
    for (Surrogate surrogate : document.surrogates()) {
      String column = surrogate.outcome().name();
      if (isBoolean(staged, label) && isBoolean(staged, column)) {
        agreements.put(surrogate.name(), agreement(staged, col(column), col(label)));
      }
    }
    return agreements;
  }

  private static Agreement agreement(Dataset<Row> staged, Column surrogate, Column label) {
    Row counts =
        staged
            .agg(
                rows(surrogate.and(label)),
                rows(surrogate.and(not(label))),
                rows(not(surrogate).and(label)),
                rows(not(surrogate).and(not(label))),
                rows(surrogate.isNull().or(label.isNull())))
            .head();
    return Agreement.of(
        counts.getLong(0),
        counts.getLong(1),
        counts.getLong(2),
        counts.getLong(3),
        counts.getLong(4));
  }

  private static Column rows(Column that) {
    return coalesce(sum(when(that, 1L).otherwise(0L)), lit(0L));
  }

  private static boolean isBoolean(Dataset<Row> rows, String column) {
    return rows.schema().apply(column).dataType() instanceof BooleanType;
  }
}
