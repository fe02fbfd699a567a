package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Names;
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

/** Reads what is in force of a pipeline. */
final class RolloutMemories {
  private final OwnConfigMaps<FeaturePipeline> maps;
  private final ChildSources<FeaturePipeline> sources;

  RolloutMemories(OperatorRuntime runtime, ChildSources<FeaturePipeline> sources) {
    maps = new OwnConfigMaps<>(runtime, sources);
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
    return maps.read(pipeline, Names.rollout(pipeline.getMetadata().getName()))
        .map(ConfigMap::getData)
        .flatMap(RolloutMemory::parse);
  }
}
