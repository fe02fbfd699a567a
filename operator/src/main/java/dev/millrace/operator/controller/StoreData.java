package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Names;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Volume and credential of a managed Redis. They outlive their pipeline, and the next one of the
 * same namespace and name takes them up as they are (reliability.md §2, L5): they keep the label of
 * the old owner, for the operator may not change a Secret. So they belong to whoever has the name.
 */
final class StoreData {
  private final OperatorRuntime runtime;
  private final ChildSources<FeaturePipeline> sources;

  StoreData(OperatorRuntime runtime, ChildSources<FeaturePipeline> sources) {
    this.runtime = runtime;
    this.sources = sources;
  }

  /** The volume, if there is one; also of a store that another one has replaced. */
  List<HasMetadata> volumes(FeaturePipeline pipeline) {
    String name = Names.redisClaim(pipeline.getMetadata().getName());
    return sources
        .inNamespace(
            ChildKind.CLAIM,
            pipeline.getMetadata().getNamespace(),
            claim -> claim.getMetadata().getName().equals(name) && isTheirs(claim, pipeline))
        .toList();
  }

  /** What there is of it; nothing if the name has gone over to another pipeline meanwhile. */
  List<HasMetadata> of(FeaturePipeline pipeline) {
    var found = new ArrayList<>(volumes(pipeline));
    Secret secret =
        runtime
            .client()
            .secrets()
            .inNamespace(pipeline.getMetadata().getNamespace())
            .withName(Names.redis(pipeline.getMetadata().getName()))
            .get();
    Optional.ofNullable(secret).filter(it -> isTheirs(it, pipeline)).ifPresent(found::add);
    // One name has one pipeline at a time: if it is this one, whose label they have is gone. That
    // is asked after they were seen, so they cannot be a later pipeline's.
    return found.isEmpty() || holdsItsName(pipeline) ? found : List.of();
  }

  /** The part that an earlier pipeline of the name left. */
  List<HasMetadata> takenUp(FeaturePipeline pipeline) {
    return of(pipeline).stream().filter(object -> !Ownership.belongs(object, pipeline)).toList();
  }

  private static boolean isTheirs(HasMetadata object, FeaturePipeline pipeline) {
    return Ownership.belongs(object, pipeline) || Ownership.takenUp(object, pipeline);
  }

  private boolean holdsItsName(FeaturePipeline pipeline) {
    FeaturePipeline stored = runtime.client().resource(pipeline).get();
    return stored != null && stored.getMetadata().getUid().equals(pipeline.getMetadata().getUid());
  }
}
