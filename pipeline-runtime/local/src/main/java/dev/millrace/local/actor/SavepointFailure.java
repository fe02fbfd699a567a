package dev.millrace.local.actor;

import java.io.IOException;
import java.util.List;

/** Flink refused or lost a savepoint. The message is the first line of its stack trace. */
public final class SavepointFailure extends IOException {
  private static final long serialVersionUID = 1L;
  private static final String CAUSED_BY = "Caused by: ";

  private final String stackTrace;

  public SavepointFailure(String stackTrace) {
    super("savepoint failed: " + stackTrace.lines().findFirst().orElse("no cause given"));
    this.stackTrace = stackTrace;
  }

  /** The failure and its causes, outermost first, each as {@code class: message}. */
  public List<String> causes() {
    return stackTrace
        .lines()
        .filter(line -> !line.startsWith("\t") && !line.startsWith(" ") && !line.isBlank())
        .map(line -> line.startsWith(CAUSED_BY) ? line.substring(CAUSED_BY.length()) : line)
        .toList();
  }
}
