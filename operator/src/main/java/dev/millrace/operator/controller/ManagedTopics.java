package dev.millrace.operator.controller;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.TopicIdentity;
import dev.millrace.operator.plan.TopicIds;
import dev.millrace.operator.status.ApplyFailure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Applies KafkaTopics. One that was seen before is never made anew: whoever deleted it deleted its
 * records, and an empty topic in its place would hide that (reliability.md §2, L6).
 *
 * @param <P> the resource that owns the topics
 */
final class ManagedTopics<P extends HasMetadata> {
  private final OperatorRuntime runtime;
  private final ChildSources<P> sources;

  ManagedTopics(OperatorRuntime runtime, ChildSources<P> sources) {
    this.runtime = runtime;
    this.sources = sources;
  }

  /**
   * Applies the topics, and withholds those that are not what they were.
   *
   * @param remedy what the user does to go on without the old records
   */
  void apply(List<KafkaTopic> topics, TopicIds known, String remedy, AppliedChildren<P> applied) {
    for (KafkaTopic topic : topics) {
      Optional<String> id = known.of(key(ChildRef.of(topic)));
      if (id.isPresent() && sources.sees(ChildKind.KAFKA_TOPIC)) {
        applyKnown(topic, id.get(), remedy, applied);
      } else {
        applied.apply(topic);
      }
    }
  }

  private void applyKnown(
      KafkaTopic topic, String knownId, String remedy, AppliedChildren<P> applied) {
    ChildRef ref = ChildRef.of(topic);
    try {
      sources.requireFilled(ChildKind.KAFKA_TOPIC, ref.namespace());
      GenericKubernetesResource actual = actual(ref);
      Optional<String> loss =
          TopicIdentity.loss(actual, ref, topic.getSpec().getTopicName(), knownId, remedy);
      if (loss.isPresent()) {
        applied.withhold(ref);
        applied.fail(ApplyFailure.of(ref, Reason.TOPIC_REPLACED, loss.get()));
      } else {
        // It may be deleted before our write arrives, which then must not make another one.
        topic.getMetadata().setUid(actual.getMetadata().getUid());
        applied.apply(topic);
      }
    } catch (KubernetesClientException e) {
      applied.withhold(ref);
      applied.fail(ChildApplier.refusal(ref, e).failure());
    }
  }

  /** Someone may have taken our label off it; then the cache does not hold it. */
  private GenericKubernetesResource actual(ChildRef ref) {
    return sources
        .untyped(ref)
        .orElseGet(
            () ->
                runtime
                    .client()
                    .genericKubernetesResources(
                        ChildKind.KAFKA_TOPIC.groupVersion(), ChildKind.KAFKA_TOPIC.kind())
                    .inNamespace(ref.namespace())
                    .withName(ref.name())
                    .get());
  }

  /** What must have been there: topics of a spec that was carried out, also those that are gone. */
  TopicIds before(List<KafkaTopic> topics) {
    var ids = new TreeMap<String, String>();
    for (KafkaTopic topic : topics) {
      ChildRef ref = ChildRef.of(topic);
      ids.put(key(ref), sources.untyped(ref).flatMap(TopicIdentity::id).orElse(TopicIds.UNKNOWN));
    }
    return new TopicIds(ids);
  }

  /** What is known now: an id once it has been seen stays until a new version forgets it. */
  TopicIds seen(List<KafkaTopic> topics, TopicIds known) {
    var ids = new TreeMap<String, String>();
    for (KafkaTopic topic : topics) {
      ChildRef ref = ChildRef.of(topic);
      ids.put(key(ref), sources.untyped(ref).flatMap(TopicIdentity::id).orElse(""));
    }
    return known.with(ids);
  }

  private static String key(ChildRef ref) {
    return ref.namespace() + "/" + ref.name();
  }
}
