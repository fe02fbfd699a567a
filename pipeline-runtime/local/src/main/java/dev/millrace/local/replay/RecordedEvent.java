package dev.millrace.local.replay;

/**
 * One record to send.
 *
 * @param topic topic in Kafka
 * @param key key bytes, or null
 * @param value value bytes
 * @param sendMillis when it is sent, in the time of the recording: epoch milliseconds
 * @param eventMillis its event time, epoch milliseconds
 */
public record RecordedEvent(
    String topic, byte[] key, byte[] value, long sendMillis, long eventMillis) {}
