package dev.millrace.bench.pit;

import dev.millrace.contract.DurationText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;

/**
 * DuckDB's range windows over the raw events: like us it recomputes, and reads no feature log.
 * Events stand at the T they become visible, anchors at theirs.
 */
final class DuckDbRange implements Contender {
  private final Connection connection;

  DuckDbRange(Path temporary) throws SQLException {
    connection = DuckDb.open(temporary);
  }

  @Override
  public String description() throws SQLException {
    return "union of raw events and anchors, 20 aggregates over RANGE windows; "
        + DuckDb.tuning(connection);
  }

  @Override
  public void write(PitWorkload workload, Path result) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (" + query(workload) + ") TO '%s' (FORMAT parquet)".formatted(result));
    }
  }

  private static String query(PitWorkload workload) {
    String events = workload.archive().toString();
    var windows = new ArrayList<String>();
    var columns = new ArrayList<String>();
    for (String window : PitDefinition.WINDOWS) {
      // An event of the pane that ends at v is in [T - w, T) from T = v to T = v + w - slide.
      windows.add(
          "w%s AS (PARTITION BY card_id ORDER BY t RANGE BETWEEN %d PRECEDING AND CURRENT ROW)"
              .formatted(window, DurationText.millis(window) - PitDefinition.SLIDE));
    }
    for (String feature : PitDefinition.FEATURES) {
      for (String window : PitDefinition.WINDOWS) {
        columns.add(aggregate(feature, "OVER w" + window) + " AS " + feature + "_" + window);
      }
    }
    return ("SELECT * FROM (SELECT tx_id, t, %s FROM (SELECT NULL AS tx_id, card_id,"
            + " _visible_from AS t, amount FROM read_parquet('%s/*/*.parquet') UNION ALL"
            + " SELECT tx_id, card_id, t, NULL FROM read_parquet('%s/*.parquet')) WINDOW %s)"
            + " WHERE tx_id IS NOT NULL")
        .formatted(
            String.join(", ", columns), events, workload.anchors(), String.join(", ", windows));
  }

  private static String aggregate(String feature, String over) {
    return switch (feature) {
      case "n" -> "count(amount) " + over;
      case "total" -> "(sum(amount) " + over + ")::BIGINT";
      case "mean" -> "avg(amount) " + over;
      case "most" -> "max(amount) " + over;
      default -> throw new IllegalArgumentException(feature);
    };
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
