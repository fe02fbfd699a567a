package dev.millrace.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.LocalFailure;
import dev.millrace.local.actor.PodResult;
import dev.millrace.local.stack.LocalStack;
import dev.millrace.local.stack.PlannedLabelWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs the extract and the checks that prove it, in one Spark JVM of their own. */
final class Verifier {
  private static final String MAIN = "dev.millrace.spark.VerifyMain";
  private static final int RUN_FAILED = 1;
  private static final int LEAK_ANCHORS = 500;
  private static final int FIRST_ROWS = 3;

  private final LocalStack stack;
  private final PlannedLabelWindow window;

  Verifier(LocalStack stack, PlannedLabelWindow window) {
    this.stack = stack;
    this.window = window;
  }

  /**
   * Runs.
   *
   * @param asOf the run's instant
   * @param samples online rows to recompute
   */
  Findings run(Instant asOf, List<OnlineSample> samples) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(stack.data().resolve("verify"));
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
            Map.of("leakAnchors", LEAK_ANCHORS, "firstRows", FIRST_ROWS, "rows", rows));
    PodResult result =
        stack
            .cluster()
            .kubelet()
            .run(
                stack.cluster().cronJob(window.plan().name()),
                asOf,
                MAIN,
                List.of(request.toString(), report.toString()));
    if (result.exitCode() == RUN_FAILED || !Files.exists(report)) {
      stack.check();
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
