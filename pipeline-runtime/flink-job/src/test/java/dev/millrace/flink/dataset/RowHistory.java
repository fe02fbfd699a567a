package dev.millrace.flink.dataset;

import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.ParquetRows;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An entity's feature log by key and T; columns that are whole numbers. */
final class RowHistory {
  private final Map<Long, TreeMap<Long, long[]>> byKey = new HashMap<>();
  private final long[] empty;
  private long rows;

  private RowHistory(int columns) {
    empty = new long[columns];
  }

  static RowHistory read(JobRun run, String entity, String key, List<String> columns)
      throws IOException {
    var history = new RowHistory(columns.size());
    ParquetRows.forEach(
        run.featureFolder(entity),
        row -> {
          long[] values = new long[columns.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = row.getLong(columns.get(i), 0);
          }
          long[] before =
              history
                  .byKey
                  .computeIfAbsent(row.getLong(key, 0), k -> new TreeMap<>())
                  .put(row.getLong("_asof", 0), values);
          if (before != null) {
            throw new AssertionError("two rows of one key and T: " + row);
          }
          history.rows++;
        });
    return history;
  }

  long rows() {
    return rows;
  }

  /** What the online store showed at T: the last row at or before it, zeros if there is none. */
  long[] at(long key, long t) {
    var rowsOfKey = byKey.get(key);
    var last = rowsOfKey == null ? null : rowsOfKey.floorEntry(t);
    return last == null ? empty : last.getValue();
  }

  /** Whether the key has a row at T. */
  boolean firedAt(long key, long t) {
    return byKey.containsKey(key) && byKey.get(key).containsKey(t);
  }
}
