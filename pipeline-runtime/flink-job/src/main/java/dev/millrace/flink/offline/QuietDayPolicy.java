package dev.millrace.flink.offline;

import java.io.IOException;
import org.apache.flink.streaming.api.functions.sink.filesystem.PartFileInfo;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.CheckpointRollingPolicy;

/**
 * Ends a file at every checkpoint, and before that once its day has gone quiet: an open writer
 * holds memory, and a replay passes through hundreds of days between two checkpoints.
 */
final class QuietDayPolicy<T> extends CheckpointRollingPolicy<T, String> {
  private static final long serialVersionUID = 1L;

  /** How often open files are looked at. */
  static final long CHECK_MILLIS = 500;

  private static final long QUIET_MILLIS = 1_000;
  private static final long LARGEST_BYTES = 256L << 20;

  @Override
  public boolean shouldRollOnEvent(PartFileInfo<String> file, T element) throws IOException {
    return file.getSize() > LARGEST_BYTES;
  }

  @Override
  public boolean shouldRollOnProcessingTime(PartFileInfo<String> file, long nowMillis) {
    return nowMillis - file.getLastUpdateTime() >= QUIET_MILLIS;
  }
}
