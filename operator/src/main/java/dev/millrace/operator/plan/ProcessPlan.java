package dev.millrace.operator.plan;

/**
 * Size of one process.
 *
 * @param cpu Kubernetes quantity such as {@code 0.5}
 * @param memory Kubernetes quantity such as {@code 2Gi}
 */
public record ProcessPlan(String cpu, String memory) {}
