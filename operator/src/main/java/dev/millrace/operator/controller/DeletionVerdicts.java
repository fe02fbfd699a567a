package dev.millrace.operator.controller;

import dev.millrace.operator.desired.DeletionRecords;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The verdict of a deletion, the same at every look. That data is to be deleted is written down
 * before anything is done about it, in an object that cannot be edited: no later edit of the
 * resource and no crash turns it into a deletion of a half (reliability.md §2, L2). To keep data
 * needs no record: no edit of a resource that is being deleted makes its policy count.
 *
 * @param <P> the resource that is deleted
 */
final class DeletionVerdicts<P extends HasMetadata> {
  private final OperatorRuntime runtime;
  private final ChildSources<P> sources;
  private final OwnConfigMaps<P> maps;
  private final Surroundings surroundings;

  DeletionVerdicts(OperatorRuntime runtime, ChildSources<P> sources) {
    this.runtime = runtime;
    this.sources = sources;
    maps = new OwnConfigMaps<>(runtime, sources);
    surroundings = new Surroundings(runtime);
  }

  /**
   * The verdict.
   *
   * @param deletePolicy whether the spec says Delete
   * @param observedGeneration of the stored status; null before the first look
   */
  DeletionVerdict of(P resource, boolean deletePolicy, Long observedGeneration) {
    ConfigMap record = DeletionRecords.of(resource);
    boolean recorded = maps.read(resource, record.getMetadata().getName()).isPresent();
    boolean going =
        (deletePolicy || recorded) && surroundings.going(resource.getMetadata().getNamespace());
    if (recorded) {
      return going ? DeletionVerdict.RETAIN_GOING : DeletionVerdict.DELETE;
    }
    DeletionVerdict verdict =
        DeletionVerdict.of(
            resource, deletePolicy, observedGeneration == null ? -1 : observedGeneration, going);
    if (verdict == DeletionVerdict.DELETE) {
      sources.written(null, runtime.client().resource(record).create());
      runtime.metrics().childWritten(record.getKind(), "create");
    }
    return verdict;
  }
}
