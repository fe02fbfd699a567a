package dev.millrace.operator.controller;

import dev.millrace.operator.desired.AcceptedConfigMaps;
import dev.millrace.operator.desired.DefinitionConfigMaps;
import dev.millrace.operator.desired.KafkaTopics;
import dev.millrace.operator.desired.LabelWindowObjects;
import dev.millrace.operator.desired.Names;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.plan.AcceptedWindow;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.Rollout;
import dev.millrace.operator.plan.TopicIds;
import dev.millrace.operator.plan.WindowRollout;
import dev.millrace.operator.status.ApplyFailure;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes the children of a LabelWindow: topics, policy, definition, scheduled extract. */
final class WindowChildren {
  /**
   * What was published names the topic's id, so another topic is another set (semantics.md §10).
   */
  private static final String GO_ON =
      "to go on with what is left delete this LabelWindow, with deletionPolicy: Retain, and create"
          + " one of another name";

  private final OperatorRuntime runtime;
  private final ChildSources<LabelWindow> sources;
  private final ChildApplier<LabelWindow> applier;
  private final ManagedTopics<LabelWindow> topics;
  private final ChildRemover remover;

  WindowChildren(OperatorRuntime runtime, ChildSources<LabelWindow> sources) {
    this.runtime = runtime;
    this.sources = sources;
    applier = new ChildApplier<>(runtime, sources);
    topics = new ManagedTopics<>(runtime, sources);
    remover = new ChildRemover(runtime);
  }

  /** Brings all children to what is in force. Without an accepted spec nothing is touched. */
  AppliedChildren<LabelWindow> apply(
      LabelWindow window,
      WindowRollout rollout,
      TenantReader.Tenant tenant,
      Context<LabelWindow> context) {
    var applied = new AppliedChildren<>(applier, window, context);
    var memoryRef =
        new ChildRef(
            ChildKind.CONFIG_MAP.kind(),
            window.getMetadata().getNamespace(),
            Names.accepted(window.getMetadata().getName()));
    rollout.forgotten().ifPresent(why -> applied.fail(ApplyFailure.forgotten(memoryRef, why)));
    Optional<LabelWindowPlan> plan = rollout.inForce();
    if (plan.isEmpty()) {
      return applied;
    }
    List<KafkaTopic> wanted = KafkaTopics.of(plan.get());
    AcceptedWindow memory = rollout.memory().orElseThrow();
    if (rollout.origin() == Rollout.Origin.STATUS) {
      memory = memory.with(topics.before(wanted));
      applied.apply(AcceptedConfigMaps.of(plan.get(), memory));
    }
    topics.apply(wanted, memory.topicIds(), GO_ON, applied);
    if (rollout.origin() == Rollout.Origin.NOTHING && applied.failures().isEmpty()) {
      // Before the CronJob: one without this memory counts as one whose memory was lost.
      applied.apply(AcceptedConfigMaps.of(plan.get(), memory));
    }
    for (HasMetadata child : LabelWindowObjects.extract(plan.get(), runtime.config())) {
      ChildRef ref = ChildRef.of(child);
      boolean newSchedule =
          ref.kind().equals(ChildKind.CRON_JOB.kind()) && sources.get(ref).isEmpty();
      boolean mayStart = tenant.missing().isEmpty() && applied.failures().isEmpty();
      if (newSchedule && !mayStart) {
        applied.withhold(ref);
      } else {
        applied.apply(child);
      }
    }
    if (applied.failures().isEmpty()) {
      prune(window, applied);
      TopicIds seen = topics.seen(wanted, memory.topicIds());
      applied.apply(AcceptedConfigMaps.of(plan.get(), memory.with(seen)));
    }
    return applied;
  }

  /** Documents of earlier definitions, unless a run that began with one still goes on. */
  private void prune(LabelWindow window, AppliedChildren<LabelWindow> applied) {
    Set<ChildRef> wanted = new HashSet<>(applied.desired());
    boolean runs = sources.owned(ChildKind.JOB, window).map(Job.class::cast).anyMatch(this::active);
    if (!runs) {
      sources
          .owned(ChildKind.CONFIG_MAP, window)
          .filter(map -> !wanted.contains(ChildRef.of(map)) && isDefinition(map))
          .forEach(map -> remover.remove(map).ifPresent(applied::fail));
    }
  }

  private boolean active(Job job) {
    return job.getStatus() != null
        && job.getStatus().getActive() != null
        && job.getStatus().getActive() > 0;
  }

  private static boolean isDefinition(HasMetadata child) {
    return child instanceof ConfigMap map
        && map.getData() != null
        && map.getData().containsKey(DefinitionConfigMaps.EXTRACT_KEY);
  }
}
