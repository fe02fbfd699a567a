package dev.millrace.operator.desired;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PipelinePlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

/**
 * The immutable ConfigMap with a document. Its name carries the document's hash, so a changed
 * document is another object and a running job's file never changes under it.
 */
public final class DefinitionConfigMaps {
  public static final String PIPELINE_KEY = "pipeline.json";
  public static final String EXTRACT_KEY = "extract.json";

  private DefinitionConfigMaps() {}

  /** ConfigMap of a pipeline's job. */
  public static ConfigMap of(PipelinePlan plan) {
    return of(Owner.of(plan), PIPELINE_KEY, DocumentCodec.write(Documents.of(plan)));
  }

  /** ConfigMap of a LabelWindow's extract. */
  public static ConfigMap of(LabelWindowPlan plan) {
    return of(Owner.of(plan), EXTRACT_KEY, DocumentCodec.write(Documents.of(plan)));
  }

  private static ConfigMap of(Owner owner, String key, String document) {
    return new ConfigMapBuilder()
        .withMetadata(owner.owned(Names.definition(owner.name(), document)))
        .withImmutable(true)
        .addToData(key, document)
        .build();
  }
}
