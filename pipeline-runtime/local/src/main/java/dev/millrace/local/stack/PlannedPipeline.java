package dev.millrace.local.stack;

import dev.millrace.contract.PipelineDocument;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.desired.Documents;
import dev.millrace.operator.desired.PipelineObjects;
import dev.millrace.operator.plan.PipelinePlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** A pipeline's plan and the objects the operator would apply for it. */
public record PlannedPipeline(PipelinePlan plan) {
  /** The document its job reads. */
  public PipelineDocument document() {
    return Documents.of(plan);
  }

  /** All children, in the order in which they are applied. */
  public List<HasMetadata> objects() {
    return PipelineObjects.of(plan, OperatorConfig.DEFAULT, Optional.empty());
  }
}
