package dev.millrace.testkit;

import java.util.List;

/**
 * One record of a partition's log, before any verdict.
 *
 * @param arrival the record's timestamp in Kafka, epoch milliseconds
 * @param ts event time in epoch milliseconds, null if the field is null
 * @param id null if the field is null
 * @param keys key per entity in the order of the definition; null where a key field is null
 * @param values payload: null, Boolean.TRUE (presence), Long, Double or String per input; a Double
 *     may be NaN, infinite or out of range
 */
public record LogRecord(
    int partition,
    long offset,
    long arrival,
    Long ts,
    EventId id,
    List<String> keys,
    List<Object> values) {

  LogRecord at(long offset, long arrival) {
    return new LogRecord(partition, offset, arrival, ts, id, keys, values);
  }
}
