package dev.millrace.local.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.LocalFailure;
import dev.millrace.local.actor.PodResult;
import dev.millrace.local.stack.ExtractJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Another program in the place of an extract's own: same document, class path and storage, and a
 * report file at its end.
 *
 * @param job the extract's
 * @param mainClass the program
 * @param check fails with a better reason if a part of the stack is to blame
 */
public record ExtractProgram(ExtractJob job, String mainClass, Runnable check) {
  private static final int RUN_FAILED = 1;

  /**
   * Runs to the end.
   *
   * @param more arguments after the document and the instant
   * @param report file that the program writes
   */
  public void run(Instant asOf, List<String> more, Path report)
      throws IOException, InterruptedException {
    Files.deleteIfExists(report);
    PodResult result = job.run(asOf, mainClass, more);
    if (result.exitCode() == RUN_FAILED || !Files.exists(report)) {
      check.run();
      throw new LocalFailure(
          "the extract failed: "
              + message(result.terminationMessage())
              + "; its log is "
              + result.log());
    }
  }

  private static String message(String termination) throws IOException {
    return termination.isEmpty()
        ? "its process ended without a report"
        : new ObjectMapper().readTree(termination).path("message").asText();
  }
}
