package dev.millrace.local.flink;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The file through which a {@link MiniClusterProcess} tells its parent how it is. */
public final class MiniClusterReport {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;
  private final String restAddress;

  MiniClusterReport(Path file, String restAddress) {
    this.file = file;
    this.restAddress = restAddress;
  }

  /**
   * One report.
   *
   * @param restAddress base URL of Flink's REST
   * @param state RUNNING, FINISHED or FAILED
   * @param failure causes of a failure, outermost first, joined by {@code " -> "}; empty for none
   */
  public record Content(String restAddress, String state, String failure) {}

  /** The last report, or null when there is none yet. */
  public static Content read(Path file) throws IOException {
    return Files.exists(file) ? MAPPER.readValue(file.toFile(), Content.class) : null;
  }

  void running() throws IOException {
    write("RUNNING", "");
  }

  void finished() throws IOException {
    write("FINISHED", "");
  }

  void failed(Throwable failure) throws IOException {
    var causes = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.append(causes.length() == 0 ? "" : " -> ").append(cause.getMessage());
    }
    write("FAILED", causes.toString());
  }

  private void write(String state, String failure) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    MAPPER.writeValue(
        next.toFile(), MAPPER.convertValue(new Content(restAddress, state, failure), Map.class));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
