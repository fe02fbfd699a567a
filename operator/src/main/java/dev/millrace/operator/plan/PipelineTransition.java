package dev.millrace.operator.plan;

import static dev.millrace.operator.plan.PlanClass.IN_PLACE;
import static dev.millrace.operator.plan.PlanClass.NEW_VERSION;

import dev.millrace.contract.DurationText;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** From one plan of a pipeline to the next, part by part: reliability.md §6, rows 94, 95. */
final class PipelineTransition {
  private final PipelinePlan before;
  private final PipelinePlan after;
  private final References references;
  private final String usedApproval;
  private final Comparison comparison = new Comparison();
  private final Violations violations = new Violations();

  PipelineTransition(
      PipelinePlan before, PipelinePlan after, References references, String usedApproval) {
    this.before = before;
    this.after = after;
    this.references = references;
    this.usedApproval = usedApproval;
  }

  PlanDiff diff() {
    new DefinitionDiff(comparison).compare(before.definition(), after.definition());
    places();
    runtime();
    retention();
    String hash =
        PlanDiff.hash(
            after.uid() + usedApproval,
            before.definitionHash(),
            after.definitionHash(),
            comparison.changes());
    var consent = new Consent(before, after, comparison, violations);
    consent.version();
    consent.immutable();
    new ColumnReaders(before, after, references, violations).check();
    boolean blocked = !violations.none();
    consent.lossy(hash);
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
      long kept = after.topic().retentionMillis();
      comparison.retention(
          "source.topic.retention",
          before.topic().retentionMillis(),
          kept,
          "older events of topic "
              + after.topic().kafkaName()
              + " go, a replay then reaches back "
              + DurationText.text(kept)
              + " and needs "
              + DurationText.text(after.replayMillis()));
    }
    comparison.retention(
        "offline.retention",
        before.offlineRetentionMillis(),
        after.offlineRetentionMillis(),
        "the oldest day that goes is "
            + oldestDay(before.offlineRetentionMillis())
            + ", the oldest that stays "
            + oldestDay(after.offlineRetentionMillis()));
  }

  /** As of now; days are UTC days (semantics.md §1). */
  private LocalDate oldestDay(long retentionMillis) {
    return LocalDate.ofInstant(references.now().minusMillis(retentionMillis), ZoneOffset.UTC);
  }
}
