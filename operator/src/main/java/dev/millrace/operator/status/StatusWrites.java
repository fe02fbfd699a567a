package dev.millrace.operator.status;

import dev.millrace.v1alpha1.FeaturePipelineStatus;
import dev.millrace.v1alpha1.LabelWindowStatus;
import java.time.Duration;
import java.time.Instant;

/** Whether a status is worth a write (experience.md §2). */
public final class StatusWrites {
  /** Watermark, checkpoint and accounting alone are not written sooner after the last write. */
  public static final Duration SHORTEST = Duration.ofMinutes(10);

  private StatusWrites() {}

  /**
   * Judges.
   *
   * @param previous the stored status; null before any
   * @param lastWrite when this process wrote it last; {@link Instant#EPOCH} if it never did
   */
  public static boolean worthWriting(
      FeaturePipelineStatus previous, FeaturePipelineStatus next, Instant lastWrite, Instant now) {
    return previous == null || next.equals(previous) && lastWrite.equals(now);
  }

  /** The same of a LabelWindow. */
  public static boolean worthWriting(
      LabelWindowStatus previous, LabelWindowStatus next, Instant lastWrite, Instant now) {
    return previous == null || next.equals(previous) && lastWrite.equals(now);
  }
}
