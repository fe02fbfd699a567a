package dev.millrace.flink.offline;

import dev.millrace.contract.OfflineLayout;
import dev.millrace.flink.type.KeyedEvent;
import dev.millrace.flink.type.KeyedRow;
import java.io.Serializable;
import java.util.function.ToLongFunction;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/** Puts records into {@code dt=} folders by a UTC day. */
final class DayFolders<T> implements BucketAssigner<T, String> {
  private static final long serialVersionUID = 1L;
  private static final long DAY_MILLIS = 86_400_000;

  /** Time of a record that decides its folder, epoch milliseconds. */
  interface Time<T> extends ToLongFunction<T>, Serializable {}

  private final Time<T> time;
  private transient String folder;
  private transient long folderDay;

  private DayFolders(Time<T> time) {
    this.time = time;
  }

  static DayFolders<KeyedEvent> ofEvents() {
    return new DayFolders<>(keyed -> keyed.event.ts);
  }

  static DayFolders<KeyedRow> ofRows() {
    return new DayFolders<>(keyed -> keyed.row.asOf);
  }

  @Override
  public String getBucketId(T element, Context context) {
    long millis = time.applyAsLong(element);
    long day = Math.floorDiv(millis, DAY_MILLIS);
    if (folder == null || day != folderDay) {
      folder = OfflineLayout.day(millis);
      folderDay = day;
    }
    return folder;
  }

  @Override
  public SimpleVersionedSerializer<String> getSerializer() {
    return SimpleVersionedStringSerializer.INSTANCE;
  }
}
