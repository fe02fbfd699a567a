package dev.millrace.spark.label;

/**
 * What is known of one label partition after a run's last offset.
 *
 * @param records records ever read
 * @param rejected those that are no label events
 * @param lastArrival arrival of the newest record, epoch milliseconds
 * @param lastEventTime greatest ts of label events before asOf; {@link Long#MIN_VALUE} for none
 */
public record LabelPartition(long records, long rejected, long lastArrival, long lastEventTime) {}
