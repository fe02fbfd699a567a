package dev.millrace.bench.pit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/** DuckDB's own as-of join of anchors with the feature log. */
final class DuckDbAsOf implements Contender {
  private final Connection connection;

  DuckDbAsOf(Path temporary) throws SQLException {
    connection = DuckDb.open(temporary);
  }

  @Override
  public String description() throws SQLException {
    return "ASOF JOIN of anchors with the feature log; " + DuckDb.tuning(connection);
  }

  @Override
  public void write(PitWorkload workload, Path result) throws SQLException {
    String log = workload.featureLog().toString();
    String columns =
        PitDefinition.columns().stream().map(each -> "l." + each).collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT a.tx_id, a.t, %s FROM read_parquet('%s/*.parquet') a ASOF LEFT JOIN"
                  .formatted(columns, workload.anchors())
              + " read_parquet('%s/*/*.parquet') l ON a.card_id = l.card_id AND a.t >= l._asof)"
                  .formatted(log)
              + " TO '%s' (FORMAT parquet)".formatted(result));
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
