package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;
import static dev.millrace.operator.plan.PlanClass.LOSSY;
import static dev.millrace.operator.plan.PlanClass.NEW_VERSION;

import dev.millrace.contract.DurationText;
import java.util.List;

/**
 * What a change of a pipeline must bring along: a higher version, an approval, or nothing can do
 * (reliability.md §6, rows 30, 37, 43, 65, 66, 68).
 */
final class Consent {
  private final PipelinePlan before;
  private final PipelinePlan after;
  private final Comparison comparison;
  private final Violations violations;

  Consent(PipelinePlan before, PipelinePlan after, Comparison comparison, Violations violations) {
    this.before = before;
    this.after = after;
    this.comparison = comparison;
    this.violations = violations;
  }

  /** The version grows with the definition and the places of its data, and never falls. */
  void version() {
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

  /** What no version and no approval changes. */
  void immutable() {
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

  /** Data is deleted only under the hash of exactly this plan. */
  void lossy(String hash) {
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
