package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Names;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.plan.Recollection;
import dev.millrace.operator.plan.RolloutMemory;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what is in force of a pipeline; a ConfigMap that is not the pipeline's own is ignored. */
final class RolloutMemories {
  private final OperatorRuntime runtime;
  private final ChildSources<FeaturePipeline> sources;

  RolloutMemories(OperatorRuntime runtime, ChildSources<FeaturePipeline> sources) {
    this.runtime = runtime;
    this.sources = sources;
  }

  /** What is known without the ConfigMap. */
  Recollection<RolloutMemory> recollect(FeaturePipeline pipeline, OptionalInt served) {
    // By name, for that nobody can edit.
    String prefix = Pattern.quote(pipeline.getMetadata().getName() + "-v");
    Pattern name = Pattern.compile(prefix + "([1-9][0-9]{0,4})");
    Set<Integer> deployed =
        sources
            .owned(ChildKind.FLINK_DEPLOYMENT, pipeline)
            .map(job -> name.matcher(job.getMetadata().getName()))
            .filter(Matcher::matches)
            .map(matcher -> Integer.valueOf(matcher.group(1)))
            .collect(Collectors.toSet());
    return Recollection.of(pipeline, deployed, served);
  }

  Optional<RolloutMemory> read(FeaturePipeline pipeline) {
    String namespace = pipeline.getMetadata().getNamespace();
    String name = Names.rollout(pipeline.getMetadata().getName());
    Optional<ConfigMap> cached =
        sources
            .get(new ChildRef(ChildKind.CONFIG_MAP.kind(), namespace, name))
            .map(ConfigMap.class::cast);
    // Someone may have taken our label off it; then the cache does not hold it.
    return cached
        .or(
            () ->
                Optional.ofNullable(
                    runtime.client().configMaps().inNamespace(namespace).withName(name).get()))
        .filter(map -> Ownership.belongs(map, pipeline) && map.getData() != null)
        .flatMap(map -> RolloutMemory.parse(map.getData()));
  }
}
