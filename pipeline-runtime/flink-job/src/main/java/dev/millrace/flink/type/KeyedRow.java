package dev.millrace.flink.type;

import dev.millrace.binding.FeatureRow;
import dev.millrace.binding.OutputColumn;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** A row of one entity with its canonical key. Mutable and reused. */
public final class KeyedRow {
  public String key;
  public final FeatureRow row;

  public KeyedRow(FeatureRow row) {
    this.row = row;
  }

  /** Type of a stream of rows with these columns. */
  public static TypeInformation<KeyedRow> type(List<OutputColumn> columns) {
    return new StreamType<>(KeyedRow.class, new KeyedRowSerializer(columns));
  }
}
