package dev.millrace.local.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
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
    new ExtractProgram(job, MAIN, check)
        .run(asOf, List.of(request.toString(), report.toString()), report);
    return Findings.read(report);
  }
}
