package dev.millrace.spark.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Rows as people read them. */
final class RowTexts {
  private RowTexts() {}

  /** Text per column, in order; null for null. */
  static Map<String, String> of(Row row) {
    var texts = new LinkedHashMap<String, String>();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      texts.put(row.schema().fieldNames()[i], value == null ? null : value.toString());
    }
    return texts;
  }
}
