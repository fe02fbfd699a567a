package dev.millrace.operator.config;

/**
 * Namespaces whose pods may call a job's REST port (reliability.md §3.5).
 *
 * @param operator our operator's
 * @param flinkOperator the Flink operator's
 * @param monitoring that of the metrics collector
 */
public record NetworkPeers(String operator, String flinkOperator, String monitoring) {}
