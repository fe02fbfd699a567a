package dev.millrace.operator.observe;

import dev.millrace.contract.JobReport;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads Flink's REST answers. They come from pods of tenants: a body that is too long, is not JSON,
 * or has another shape is no answer. Never throws.
 */
public final class FlinkRestAnswers {
  /** Longest body that is looked at, in bytes; readers need not read more. */
  public static final int BODY_LIMIT = 1 << 20;

  private FlinkRestAnswers() {}

  /** Id of the one job of an application cluster, from {@code /jobs/overview}. */
  public static Optional<String> jobId(byte[] overview) {
    return Optional.empty();
  }

  /** When the last checkpoint completed, from {@code /jobs/<id>/checkpoints}. */
  public static Optional<Instant> lastCheckpoint(byte[] checkpoints) {
    return Optional.empty();
  }

  /** The last failure, from {@code /jobs/<id>/exceptions}. */
  public static Optional<JobFailure> failure(byte[] exceptions) {
    return Optional.empty();
  }

  /** Failures within ten minutes before now, from {@code /jobs/<id>/exceptions}. */
  public static int restarts(byte[] exceptions, Instant now) {
    return 0;
  }

  /** The job's own report, from {@code /jobs/<id>/accumulators}. */
  public static Optional<JobReport> report(byte[] accumulators) {
    return Optional.empty();
  }

  /**
   * All of one read.
   *
   * @return empty if the answers are not Flink's, which counts as a missed read
   */
  public static Optional<JobFigures> figures(
      byte[] checkpoints, byte[] exceptions, byte[] accumulators, Instant now) {
    return Optional.empty();
  }
}
