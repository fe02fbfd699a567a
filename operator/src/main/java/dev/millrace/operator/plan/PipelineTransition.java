package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;
import static dev.millrace.operator.plan.PlanClass.IN_PLACE;
import static dev.millrace.operator.plan.PlanClass.LOSSY;
import static dev.millrace.operator.plan.PlanClass.NEW_VERSION;

import dev.millrace.contract.DurationText;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;

/** From one plan of a pipeline to the next: reliability.md §6, rows 30, 37, 43, 65–70, 94, 95. */
final class PipelineTransition {
  private final PipelinePlan before;
  private final PipelinePlan after;
  private final References references;
  private final Comparison comparison = new Comparison();
  private final Violations violations = new Violations();

  PipelineTransition(PipelinePlan before, PipelinePlan after, References references) {
    this.before = before;
    this.after = after;
    this.references = references;
  }

  PlanDiff diff() {
    new DefinitionDiff(comparison).compare(before.definition(), after.definition());
    places();
    runtime();
    retention();
    String hash =
        PlanDiff.hash(
            after.uid(), before.definitionHash(), after.definitionHash(), comparison.changes());
    version();
    immutable();
    new ColumnReaders(before, after, references, violations).check();
    boolean blocked = !violations.none();
    consent(hash);
    PlanClass planClass = blocked ? PlanClass.BLOCKED : PlanDiff.worst(comparison.changes());
    return new PlanDiff(planClass, comparison.changes(), hash, violations.errors());
  }

  /** Where data lives is part of a version (semantics.md §4). */
  private void places() {
    moves("spec.source", source(before), source(after));
    moves("spec.online", online(before), online(after));
    moves("spec.offline", storage(before), storage(after));
  }

  private void moves(String path, String from, String to) {
    if (!from.equals(to)) {
      comparison.add(
          NEW_VERSION,
          path.substring("spec.".length()),
          path + " moves from " + from + " to " + to);
    }
  }

  private static String source(PipelinePlan plan) {
    return "connection " + plan.topic().connection().name();
  }

  private static String storage(PipelinePlan plan) {
    return "connection " + plan.storage().name();
  }

  private static String online(PipelinePlan plan) {
    return plan.online() instanceof OnlinePlan.Registered registered
        ? "connection " + registered.connection().name()
        : "managed Redis";
  }

  private void runtime() {
    StreamPlan old = before.stream();
    StreamPlan now = after.stream();
    comparison
        .member(IN_PLACE, "suspend", "suspend", before.suspended(), after.suspended())
        .member(IN_PLACE, "stream.parallelism", "parallelism", old.parallelism(), now.parallelism())
        .millis(
            IN_PLACE,
            "stream.checkpointInterval",
            "checkpointInterval",
            old.checkpointIntervalMillis(),
            now.checkpointIntervalMillis())
        .millis(
            IN_PLACE,
            "source.watermark.idleTimeout",
            "idleTimeout",
            old.idleTimeoutMillis(),
            now.idleTimeoutMillis())
        .member(IN_PLACE, "stream.jobManager", "jobManager", old.jobManager(), now.jobManager())
        .member(IN_PLACE, "stream.taskManager", "taskManager", old.taskManager(), now.taskManager())
        .member(IN_PLACE, "stream.taskManager.slots", "slots", old.slots(), now.slots())
        .millis(
            IN_PLACE,
            "freshness.target",
            "freshness.target",
            before.freshnessTargetMillis(),
            after.freshnessTargetMillis())
        .member(
            IN_PLACE,
            "source.topic.config",
            "topic.config",
            before.topic().config(),
            after.topic().config())
        .member(
            IN_PLACE,
            "source.topic.replicas",
            "topic.replicas",
            before.topic().replicas(),
            after.topic().replicas());
    redis();
  }

  private void redis() {
    if (before.online() instanceof OnlinePlan.Managed old
        && after.online() instanceof OnlinePlan.Managed now) {
      comparison
          .member(IN_PLACE, "online.managed.memory", "memory", old.memory(), now.memory())
          .member(IN_PLACE, "online.managed.storage", "storage", old.storage(), now.storage());
      if (bytes(now.storage()).compareTo(bytes(old.storage())) < 0) {
        violations.forbidden(
            "spec.online.managed.storage",
            "cannot shrink from "
                + old.storage()
                + " to "
                + now.storage()
                + ", volumes only grow; keep "
                + old.storage());
      }
    }
  }

  private static java.math.BigDecimal bytes(String quantity) {
    return Quantity.getAmountInBytes(new Quantity(quantity));
  }

  private void retention() {
    if (before.topic().managed() && after.topic().managed()) {
      kept(
          "source.topic.retention",
          before.topic().retentionMillis(),
          after.topic().retentionMillis());
    }
    kept("offline.retention", before.offlineRetentionMillis(), after.offlineRetentionMillis());
  }

  private void kept(String subject, long old, long now) {
    comparison.millis(now < old ? LOSSY : IN_PLACE, subject, "retention", old, now);
  }

  private void version() {
    int old = before.version();
    if (after.version() < old) {
      violations.forbidden(
          "spec.version",
          "cannot go back from "
              + old
              + " to "
              + after.version()
              + "; the old definition is a new version, set version: "
              + (old + 1));
    }
    List<Change> replayed =
        comparison.changes().stream().filter(change -> change.planClass() == NEW_VERSION).toList();
    if (after.version() == old && !replayed.isEmpty()) {
      String more = replayed.size() == 1 ? "" : " and " + (replayed.size() - 1) + " more";
      violations.invalid(
          "spec.version",
          "must be larger than "
              + old
              + ", got "
              + after.version()
              + ": "
              + replayed.get(0).text()
              + more
              + "; set version: "
              + (old + 1));
    }
    if (after.version() > old && replayed.isEmpty()) {
      comparison.add(
          NEW_VERSION, "version", "version raised from " + old + " to " + after.version());
    }
  }

  private void immutable() {
    TopicPlan old = before.topic();
    TopicPlan now = after.topic();
    if (!old.name().equals(now.name())) {
      violations.forbidden("spec.source.topic.name", "is immutable; create a new FeaturePipeline");
    }
    if (old.managed() != now.managed()) {
      violations.forbidden(
          "spec.source.topic.managed", "is immutable; create a new FeaturePipeline");
    } else if (now.managed() && old.partitions() != now.partitions()) {
      violations.forbidden(
          "spec.source.topic.partitions",
          "cannot change from "
              + old.partitions()
              + " to "
              + now.partitions()
              + ", keys would move between partitions; create a new topic and FeaturePipeline");
    }
    if (before.stream().maxParallelism() != after.stream().maxParallelism()
        && after.version() <= before.version()) {
      violations.forbidden(
          "spec.stream.maxParallelism",
          "is fixed per version, saved state depends on it; raise spec.version");
    }
  }

  private void consent(String hash) {
    List<Change> lossy =
        comparison.changes().stream().filter(change -> change.planClass() == LOSSY).toList();
    String approved = after.approvedPlan();
    if (lossy.isEmpty() || approved.equals(hash)) {
      return;
    }
    if (!approved.isEmpty()) {
      violations.invalid(
          "spec.rollout.approvedPlan",
          quote(approved)
              + " is not the pending plan "
              + hash
              + "; review status.plan and approve again");
      return;
    }
    for (Change change : lossy) {
      boolean topic = change.subject().startsWith("source");
      long old = topic ? before.topic().retentionMillis() : before.offlineRetentionMillis();
      long now = topic ? after.topic().retentionMillis() : after.offlineRetentionMillis();
      violations.forbidden(
          "spec." + change.subject(),
          DurationText.text(old)
              + " to "
              + DurationText.text(now)
              + " deletes events of "
              + (topic ? "topic " + after.topic().kafkaName() : "the offline store")
              + "; to accept, set spec.rollout.approvedPlan: "
              + quote(hash));
    }
  }
}
