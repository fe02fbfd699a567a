package dev.millrace.operator.config;

/**
 * Container images, by digest in a release (reliability.md §3.2).
 *
 * @param flink official Flink image with the stream job's jar
 * @param spark Spark image with the extract's jar
 * @param redis managed Redis, 8.6.3 or later (reliability.md §3.6)
 */
public record Images(String flink, String spark, String redis) {}
