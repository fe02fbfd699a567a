package dev.millrace.flink.type;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A Kafka record as it lies in the log.
 *
 * @param partition its partition
 * @param offset its offset
 * @param timestamp Kafka record timestamp, epoch milliseconds: the arrival of semantics.md §1
 * @param key its key, or null
 * @param value its value, or null
 */
public record RawRecord(int partition, long offset, long timestamp, byte[] key, byte[] value) {
  public static final TypeInformation<RawRecord> TYPE =
      new StreamType<>(RawRecord.class, new RawRecordSerializer());
}
