package dev.millrace.operator.desired;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PipelinePlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The immutable ConfigMap with a document. Its name carries the document's hash, so a changed
 * document is another object and a running job's file never changes under it.
 */
public final class DefinitionConfigMaps {
  public static final String PIPELINE_KEY = "pipeline.json";
  public static final String EXTRACT_KEY = "extract.json";

  /** The pod that Spark makes executors of, beside an extract's document. */
  static final String EXECUTOR_KEY = "executor.yaml";

  private DefinitionConfigMaps() {}

  /** ConfigMap of a pipeline's job. */
  public static ConfigMap of(PipelinePlan plan) {
    return of(
        Owner.of(plan),
        new TreeMap<>(Map.of(PIPELINE_KEY, DocumentCodec.write(Documents.of(plan)))));
  }

  /** ConfigMap of a LabelWindow's extract; with the executors' pod if it has executors. */
  public static ConfigMap of(LabelWindowPlan plan, OperatorConfig config) {
    var files = new TreeMap<>(Map.of(EXTRACT_KEY, DocumentCodec.write(Documents.of(plan))));
    if (plan.extract().executors() > 0) {
      files.put(EXECUTOR_KEY, ExecutorPods.template(plan, config));
    }
    return of(Owner.of(plan), files);
  }

  /** ConfigMap with files of any names. */
  static ConfigMap of(Owner owner, SortedMap<String, String> files) {
    String name = Names.definition(owner.name(), String.join("", files.values()));
    return new ConfigMapBuilder()
        .withMetadata(owner.owned(name))
        .withImmutable(true)
        .withData(files)
        .build();
  }
}
