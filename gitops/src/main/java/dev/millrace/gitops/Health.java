package dev.millrace.gitops;

/**
 * What Argo CD would show for a resource.
 *
 * @param message the line beside it; empty if the script gave none
 */
public record Health(HealthStatus status, String message) {}
