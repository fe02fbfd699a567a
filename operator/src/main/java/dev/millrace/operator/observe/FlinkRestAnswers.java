package dev.millrace.operator.observe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.KnownFailure;
import dev.millrace.contract.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads Flink's REST answers. They come from pods of tenants: a body that is too long, is not JSON,
 * or has another shape is no answer. Never throws.
 */
public final class FlinkRestAnswers {
  /** Longest body that is looked at, in bytes; readers need not read more. */
  public static final int BODY_LIMIT = 1 << 20;

  private static final Duration RESTARTS_WITHIN = Duration.ofMinutes(10);
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  private FlinkRestAnswers() {}

  /**
   * Id of the one job of an application cluster, from {@code /jobs/overview}: 32 hex digits, so it
   * may go into a path. The one that started last if there are several.
   */
  public static Optional<String> jobId(byte[] overview) {
    JsonNode newest = null;
    for (JsonNode job : Untyped.json(overview, BODY_LIMIT).path("jobs")) {
      boolean named = id(job.path("jid").asText("")).isPresent();
      if (named && (newest == null || startTime(job) > startTime(newest))) {
        newest = job;
      }
    }
    return newest == null ? Optional.empty() : id(newest.path("jid").asText(""));
  }

  /** When the last checkpoint completed, from {@code /jobs/<id>/checkpoints}. */
  public static Optional<Instant> lastCheckpoint(byte[] checkpoints) {
    return lastCheckpoint(Untyped.json(checkpoints, BODY_LIMIT));
  }

  /**
   * The last failure, from {@code /jobs/<id>/exceptions}: the reason the job itself gave, wherever
   * among the causes it is, else {@link Reason#RESTARTING} with the first line.
   */
  public static Optional<JobFailure> failure(byte[] exceptions) {
    JsonNode newest = null;
    for (JsonNode entry : entries(exceptions)) {
      if (newest == null || timestamp(entry) > timestamp(newest)) {
        newest = entry;
      }
    }
    return newest == null ? Optional.empty() : failure(newest);
  }

  /** Failures within ten minutes before now, from {@code /jobs/<id>/exceptions}. */
  public static int restarts(byte[] exceptions, Instant now) {
    int restarts = 0;
    for (JsonNode entry : entries(exceptions)) {
      Optional<Instant> at = Untyped.millis(entry.path("timestamp"));
      if (at.isPresent() && at.get().isAfter(now.minus(RESTARTS_WITHIN))) {
        restarts++;
      }
    }
    return restarts;
  }

  /** The job's own report, from {@code /jobs/<id>/accumulators}. */
  public static Optional<JobReport> report(byte[] accumulators) {
    JsonNode tree = Untyped.json(accumulators, BODY_LIMIT);
    for (JsonNode accumulator : tree.path("user-task-accumulators")) {
      if (accumulator.path("name").asText("").equals(JobReport.ACCUMULATOR)) {
        return JobReport.of(Map.of(JobReport.ACCUMULATOR, accumulator.path("value").asText("")));
      }
    }
    return Optional.empty();
  }

  /**
   * All of one read.
   *
   * @param jobId the job that was asked
   * @return empty if the answers are not Flink's, which counts as a missed read
   */
  public static Optional<JobFigures> figures(
      String jobId, byte[] checkpoints, byte[] exceptions, byte[] accumulators, Instant now) {
    JsonNode tree = Untyped.json(checkpoints, BODY_LIMIT);
    if (!tree.path("counts").isObject()) {
      return Optional.empty();
    }
    return Optional.of(
        new JobFigures(
            jobId,
            report(accumulators),
            lastCheckpoint(tree),
            restarts(exceptions, now),
            failure(exceptions)));
  }

  /** A job id, if the text is one. */
  static Optional<String> id(String text) {
    return ID.matcher(text).matches() ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Instant> lastCheckpoint(JsonNode tree) {
    return Untyped.millis(tree.path("latest").path("completed").path("latest_ack_timestamp"));
  }

  private static JsonNode entries(byte[] exceptions) {
    return Untyped.json(exceptions, BODY_LIMIT).path("exceptionHistory").path("entries");
  }

  private static Optional<JobFailure> failure(JsonNode entry) {
    Instant at = Untyped.millis(entry.path("timestamp")).orElse(Instant.EPOCH);
    String trace = entry.path("stacktrace").asText("");
    Optional<KnownFailure> known = KnownFailure.find(trace);
    for (JsonNode other : entry.path("concurrentExceptions")) {
      known = known.or(() -> KnownFailure.find(other.path("stacktrace").asText("")));
    }
    if (known.isPresent()) {
      return Optional.of(new JobFailure(known.get().reason(), known.get().text(), at));
    }
    String cause = ForeignText.cause(trace.lines().findFirst().orElse(""));
    return Optional.of(new JobFailure(Reason.RESTARTING, cause, at));
  }

  private static long startTime(JsonNode job) {
    return job.path("start-time").asLong(0);
  }

  private static long timestamp(JsonNode entry) {
    return entry.path("timestamp").asLong(0);
  }
}
