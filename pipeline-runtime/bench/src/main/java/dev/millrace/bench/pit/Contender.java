package dev.millrace.bench.pit;

import java.nio.file.Path;

/** One way to the features of all anchors. */
interface Contender extends AutoCloseable {
  /** What it does and how it is tuned, one line. */
  String description() throws Exception;

  /**
   * Writes a Parquet folder or file with {@code tx_id}, {@code t} and the columns of {@link
   * PitDefinition#columns}, a row per anchor.
   */
  void write(PitWorkload workload, Path result) throws Exception;

  @Override
  void close() throws Exception;
}
