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
import java.util.Map;

/**
 * Runs an extract and the checks that prove it, in one Spark JVM of their own. A run that is
 * published already is found again and changes nothing.
 */
public final class Verifier {
  private static final String MAIN = "dev.millrace.spark.VerifyMain";
  private static final int RUN_FAILED = 1;

  private final ExtractJob job;
  private final Path folder;
  private final Runnable check;

  /**
   * @param job the extract's
   * @param folder for request and report
   * @param check fails with a better reason if a part of the stack is to blame
   */
  public Verifier(ExtractJob job, Path folder, Runnable check) {
    this.job = job;
    this.folder = folder;
    this.check = check;
  }

  /**
   * Runs.
   *
   * @param asOf the run's instant
   * @param leakAnchors anchors whose future and past are changed; 0 for none
   * @param firstRows rows of the training set to show; 0 for none
   * @param samples online rows to recompute
   */
  public Findings run(Instant asOf, int leakAnchors, int firstRows, List<OnlineSample> samples)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path request = folder.resolve("request.json");
    Path report = folder.resolve("report.json");
    Files.deleteIfExists(report);
    List<Map<String, Object>> rows =
        samples.stream()
            .map(
                sample ->
                    Map.<String, Object>of(
                        "entity", sample.entity(), "key", sample.key(), "asOf", sample.asOf()))
            .toList();
    new ObjectMapper()
        .writeValue(
            request.toFile(),
            Map.of("leakAnchors", leakAnchors, "firstRows", firstRows, "rows", rows));
    PodResult result = job.run(asOf, MAIN, List.of(request.toString(), report.toString()));
    if (result.exitCode() == RUN_FAILED || !Files.exists(report)) {
      check.run();
      throw new LocalFailure(
          "the extract failed: "
              + message(result.terminationMessage())
              + "; its log is "
              + result.log());
    }
    return Findings.read(report);
  }

  private static String message(String termination) throws IOException {
    return termination.isEmpty()
        ? "its process ended without a report"
        : new ObjectMapper().readTree(termination).path("message").asText();
  }
}
