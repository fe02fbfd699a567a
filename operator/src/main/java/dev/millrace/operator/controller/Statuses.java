package dev.millrace.operator.controller;

import dev.millrace.v1alpha1.FeaturePipeline;

/** Small questions to a stored status. */
final class Statuses {
  private Statuses() {}

  /** Whether the pipeline was ready for its current generation when it was last looked at. */
  static boolean isReady(FeaturePipeline pipeline) {
    return pipeline.getStatus() != null
        && pipeline.getStatus().getConditions() != null
        && pipeline.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Ready")
                        && "True".equals(condition.getStatus())
                        && pipeline
                            .getMetadata()
                            .getGeneration()
                            .equals(condition.getObservedGeneration()));
  }
}
