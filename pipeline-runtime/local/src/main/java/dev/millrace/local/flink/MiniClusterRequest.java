package dev.millrace.local.flink;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a {@link MiniClusterProcess} runs.
 *
 * @param configuration Flink configuration
 * @param entryClass class whose main method builds and executes the job
 * @param arguments its arguments
 * @param reportFile where the process reports, see {@link MiniClusterReport}
 * @param afterEnd what the process does once the job has ended
 */
public record MiniClusterRequest(
    Map<String, String> configuration,
    String entryClass,
    List<String> arguments,
    String reportFile,
    AfterEnd afterEnd) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What follows the end of a job. */
  public enum AfterEnd {
    /** The process ends too. */
    LEAVE,
    /**
     * The cluster stays and answers, as under Flink's operator, which turns shutdown-on-finish off.
     */
    STAY
  }

  public static MiniClusterRequest read(Path file) throws IOException {
    return MAPPER.readValue(file.toFile(), MiniClusterRequest.class);
  }

  public void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
  }

  Path report() {
    return Path.of(reportFile);
  }
}
