package dev.millrace.local.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Runs e2e/controlplane/build.sh of the project that {@code -Dmillrace.root} names. */
final class BinariesBuild {
  private BinariesBuild() {}

  /** Builds into the cache; what went wrong, or nothing. Its progress goes to standard error. */
  static Optional<String> run() {
    String root = System.getProperty("millrace.root");
    if (root == null) {
      return Optional.of("the project's folder is unknown, so nothing can be built");
    }
    Path script = Path.of(root, "e2e/controlplane/build.sh");
    if (!Files.exists(script)) {
      return Optional.of("there is no " + script + " to build with");
    }
    try {
      var builder = new ProcessBuilder("sh", script.toString());
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      int code = builder.start().waitFor();
      return code == 0 ? Optional.empty() : Optional.of(script + " ended with " + code);
    } catch (IOException cannotStart) {
      return Optional.of(script + " cannot be run: " + cannotStart.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.of("the build was interrupted");
    }
  }
}
