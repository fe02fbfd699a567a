package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.operator.plan.spec.SourceSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One managed topic has one owner, the resource that was created first: reliability.md §6, row 31.
 */
final class TopicOwners {
  private static final Comparator<HasMetadata> FIRST =
      Comparator.comparing(
              (HasMetadata resource) ->
                  Objects.requireNonNullElse(
                      resource.getMetadata().getCreationTimestamp(), "not yet"))
          .thenComparing(resource -> resource.getMetadata().getNamespace())
          .thenComparing(HasMetadata::getKind)
          .thenComparing(resource -> resource.getMetadata().getName());

  private final References references;
  private final Violations violations;

  TopicOwners(References references, Violations violations) {
    this.references = references;
    this.violations = violations;
  }

  /** Refuses {@code topic} of {@code resource} if an older resource manages the same one. */
  void check(HasMetadata resource, String path, TopicPlan topic) {
    if (!topic.managed()) {
      return;
    }
    Stream.concat(
            references.pipelines().stream()
                .filter(SpecShape::hasTopic)
                .filter(other -> manages(other, ResourceSpecs.of(other).source(), topic)),
            references.labelWindows().stream()
                .filter(SpecShape::hasTopic)
                .filter(other -> manages(other, ResourceSpecs.of(other).label().source(), topic)))
        .map(HasMetadata.class::cast)
        .filter(other -> FIRST.compare(other, resource) < 0)
        .min(FIRST)
        .ifPresent(
            owner ->
                violations.duplicate(
                    path + ".topic.name",
                    quote(topic.name())
                        + " is managed by "
                        + owner.getKind()
                        + " "
                        + owner.getMetadata().getNamespace()
                        + "/"
                        + owner.getMetadata().getName()
                        + "; to read it write topic: {name: "
                        + topic.kafkaName()
                        + ", managed: false}"));
  }

  private static boolean manages(HasMetadata other, SourceSpec source, TopicPlan topic) {
    String prefix = topic.connection().prefixFor(other.getMetadata().getNamespace());
    return source.topic().managed()
        && topic.connection().name().equals(source.connection())
        && topic.kafkaName().equals(prefix + source.topic().name());
  }
}
