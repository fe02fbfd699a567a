package dev.millrace.gitops;

import java.util.Optional;

/** Health of a resource in Argo CD's words. */
public enum HealthStatus {
  HEALTHY("Healthy"),
  PROGRESSING("Progressing"),
  DEGRADED("Degraded"),
  SUSPENDED("Suspended"),
  MISSING("Missing"),
  UNKNOWN("Unknown");

  private final String text;

  HealthStatus(String text) {
    this.text = text;
  }

  /** The word a script returns and Argo CD shows. */
  public String text() {
    return text;
  }

  /** The status with this word; empty if Argo CD knows no such word. */
  public static Optional<HealthStatus> of(String text) {
    for (var status : values()) {
      if (status.text.equals(text)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
