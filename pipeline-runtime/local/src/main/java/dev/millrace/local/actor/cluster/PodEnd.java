package dev.millrace.local.actor.cluster;

import dev.millrace.local.actor.TerminationMessage;
import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How a container ended.
 *
 * @param exitCode of its process
 * @param reason Completed, Error or OOMKilled
 * @param message its termination message; empty for none
 */
record PodEnd(int exitCode, String reason, String message) {
  private static final int KILLED = 137;

  static PodEnd of(int exitCode, Container container, Path message, Path log) throws IOException {
    String text = TerminationMessage.read(message);
    boolean fromLog =
        text.isEmpty()
            && exitCode != 0
            && "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy());
    return new PodEnd(
        exitCode,
        exitCode == 0 ? "Completed" : "Error",
        fromLog ? TerminationMessage.ofLog(log) : text);
  }

  /** Of a process that was gone when the kubelet came back. */
  static PodEnd lost() {
    return new PodEnd(KILLED, "ContainerStatusUnknown", "");
  }
}
