package dev.millrace.local.replay;

/**
 * One record to send.
 *
 * @param topic topic in Kafka
 * @param key key bytes, or null
 * @param value value bytes
 * @param timeMillis event time, epoch milliseconds
 */
public record RecordedEvent(String topic, byte[] key, byte[] value, long timeMillis) {}
