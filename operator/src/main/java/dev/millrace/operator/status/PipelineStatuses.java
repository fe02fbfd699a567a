package dev.millrace.operator.status;

import dev.millrace.v1alpha1.FeaturePipelineStatus;
import java.time.Instant;

/** The status of a FeaturePipeline. */
public final class PipelineStatuses {
  private PipelineStatuses() {}

  /**
   * The status that follows from what was found.
   *
   * @param previous the status so far; null before any. It is not changed
   */
  public static FeaturePipelineStatus next(
      FeaturePipelineStatus previous, PipelineOutcome outcome, Instant now) {
    return new FeaturePipelineStatus();
  }
}
