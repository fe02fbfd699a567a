package dev.millrace.operator.controller;

import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.status.ApplyFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The part of a deletion that both kinds share: topics are let go or deleted, and a clean-up Job
 * removes keys and files if, and only if, the verdict says so. Each step can be repeated at any
 * time; each wait is bounded, so that no resource stays for ever (reliability.md §1).
 *
 * @param <P> the resource that is deleted
 */
final class DataRelease<P extends HasMetadata> {
  private final OperatorRuntime runtime;
  private final ChildSources<P> sources;
  private final ChildRemover remover;
  private final TopicRelease topics;

  DataRelease(OperatorRuntime runtime, ChildSources<P> sources, ChildRemover remover) {
    this.runtime = runtime;
    this.sources = sources;
    this.remover = remover;
    topics = new TopicRelease(runtime, remover);
  }

  /**
   * Lets the topics go.
   *
   * @param until how long to wait for the topic operator
   * @return what is still waited for; empty when nothing is
   */
  Optional<String> topics(P owner, boolean delete, Instant until) {
    List<HasMetadata> left = sources.owned(ChildKind.KAFKA_TOPIC, owner).toList();
    if (left.isEmpty()) {
      return Optional.empty();
    }
    boolean waited = !runtime.clock().instant().isBefore(until);
    if (delete) {
      Optional<String> refused = refused(left.stream().map(remover::remove));
      return refused.isPresent() || waited ? refused : waiting(left, "are being deleted");
    }
    left.forEach(topics::annotate);
    // Terminating ones have the annotation: whenever their operator looks, it keeps the topic.
    Optional<String> refused =
        refused(
            left.stream()
                .filter(topic -> waited || TopicRelease.isReleased(topic))
                .map(topics::remove));
    return refused.isPresent() || waited ? refused : waiting(left, "are being released");
  }

  /**
   * The first refusal in words. It is waited for without end: the condition names what is missing,
   * and to go on would leave behind what the owner wants gone.
   */
  static Optional<String> refused(Stream<Optional<ApplyFailure>> outcomes) {
    // All are tried before the first is named.
    return outcomes.flatMap(Optional::stream).map(ApplyFailure::message).toList().stream()
        .findFirst();
  }

  /**
   * Runs the clean-up Job to its end.
   *
   * @param objects makes the Job and what it mounts
   * @param apply applies one object, empty if that succeeded
   * @return what is still waited for; empty once the Job has completed
   */
  Optional<String> cleanUp(
      P owner,
      Supplier<List<HasMetadata>> objects,
      Function<HasMetadata, Optional<ApplyFailure>> apply) {
    Optional<io.fabric8.kubernetes.api.model.batch.v1.Job> job =
        sources
            .owned(ChildKind.JOB, owner)
            .map(io.fabric8.kubernetes.api.model.batch.v1.Job.class::cast)
            .filter(candidate -> candidate.getMetadata().getName().equals(name(objects)))
            .findFirst();
    if (job.isEmpty()) {
      return refused(objects.get().stream().map(apply))
          .or(() -> Optional.of("the clean-up Job starts"));
    }
    boolean complete =
        job.get().getStatus() != null
            && job.get().getStatus().getConditions().stream()
                .anyMatch(c -> c.getType().equals("Complete") && c.getStatus().equals("True"));
    return complete
        ? Optional.empty()
        : Optional.of(ChildRef.of(job.get()) + " deletes keys and files");
  }

  private static String name(Supplier<List<HasMetadata>> objects) {
    return objects.get().stream()
        .filter(object -> object.getKind().equals(ChildKind.JOB.kind()))
        .findFirst()
        .orElseThrow()
        .getMetadata()
        .getName();
  }

  /** Topics that have not been let go yet, by name. */
  List<String> topicsLeft(P owner) {
    return sources
        .owned(ChildKind.KAFKA_TOPIC, owner)
        .map(topic -> ChildRef.of(topic).toString())
        .toList();
  }

  private static Optional<String> waiting(List<HasMetadata> topics, String what) {
    return Optional.of(topics.size() + " KafkaTopics " + what);
  }

  /** The end of a wait that began with the deletion. */
  static Instant after(HasMetadata owner, Duration... waits) {
    Instant end = Instant.parse(owner.getMetadata().getDeletionTimestamp());
    for (Duration wait : waits) {
      end = end.plus(wait);
    }
    return end;
  }
}
