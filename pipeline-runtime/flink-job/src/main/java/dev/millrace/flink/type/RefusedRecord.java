package dev.millrace.flink.type;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A record on its way to the late or the dead-letter topic.
 *
 * @param record the record as it lies in the log
 * @param reason LATE, FROM_FUTURE or the name of an {@code UndecodableReason}
 */
public record RefusedRecord(RawRecord record, String reason) {
  public static final TypeInformation<RefusedRecord> TYPE =
      new StreamType<>(RefusedRecord.class, new RefusedRecordSerializer());
}
