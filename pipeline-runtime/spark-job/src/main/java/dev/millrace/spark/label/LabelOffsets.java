package dev.millrace.spark.label;

/**
 * What a run reads of one label partition.
 *
 * @param start first offset, inclusive
 * @param end end offset, exclusive
 */
public record LabelOffsets(long start, long end) {}
