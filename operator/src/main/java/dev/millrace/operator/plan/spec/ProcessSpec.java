package dev.millrace.operator.plan.spec;

/** CPU and memory of one process, as Kubernetes quantities. */
public record ProcessSpec(String cpu, String memory) {}
