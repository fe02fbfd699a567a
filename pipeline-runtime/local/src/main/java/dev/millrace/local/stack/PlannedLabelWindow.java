package dev.millrace.local.stack;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.desired.Documents;
import dev.millrace.operator.desired.LabelWindowObjects;
import dev.millrace.operator.plan.LabelWindowPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** A label window's plan and the objects the operator would apply for it. */
public record PlannedLabelWindow(LabelWindowPlan plan) {
  /** The document its extract reads. */
  public ExtractDocument document() {
    return Documents.of(plan);
  }

  /** All children, in the order in which they are applied. */
  public List<HasMetadata> objects() {
    return LabelWindowObjects.of(plan, OperatorConfig.DEFAULT);
  }
}
