package dev.millrace.bench.pit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Connections to DuckDB, in memory. */
final class DuckDb {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final String MEMORY = "4GB";

  private DuckDb() {}

  /**
   * Opens a database.
   *
   * @param temporary folder it may spill to
   */
  static Connection open(Path temporary) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + THREADS);
      statement.execute("SET memory_limit = '" + MEMORY + "'");
      statement.execute("SET temp_directory = '" + temporary + "'");
      statement.execute("SET preserve_insertion_order = false");
    }
    return connection;
  }

  static String tuning(Connection connection) throws SQLException {
    return "DuckDB "
        + connection.getMetaData().getDatabaseProductVersion()
        + ", "
        + THREADS
        + " threads, "
        + MEMORY
        + ", insertion order not kept";
  }
}
