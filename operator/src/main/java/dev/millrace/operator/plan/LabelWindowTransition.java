package dev.millrace.operator.plan;

import static dev.millrace.operator.plan.PlanClass.IN_PLACE;

import dev.millrace.contract.DurationText;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.LabelMatch;
import java.util.Objects;

/**
 * From one plan of a LabelWindow to the next: reliability.md §6, row 114. Once a run is published,
 * what a row means is fixed; one data set never holds rows of two meanings.
 */
final class LabelWindowTransition {
  private final LabelWindowPlan before;
  private final LabelWindowPlan after;
  private final int publishedRuns;
  private final Comparison comparison = new Comparison();
  private final Violations violations = new Violations();

  LabelWindowTransition(LabelWindowPlan before, LabelWindowPlan after, int publishedRuns) {
    this.before = before;
    this.after = after;
    this.publishedRuns = publishedRuns;
  }

  PlanDiff diff() {
    meaning();
    runtime();
    retention();
    String hash =
        PlanDiff.hash(
            after.uid(),
            before.anchor().definitionHash(),
            after.anchor().definitionHash(),
            comparison.changes());
    PlanClass planClass =
        violations.none() ? PlanDiff.worst(comparison.changes()) : PlanClass.BLOCKED;
    return new PlanDiff(planClass, comparison.changes(), hash, violations.errors());
  }

  private void meaning() {
    LabelDefinition old = before.label();
    LabelDefinition now = after.label();
    fixed("spec.pipelineRef", before.anchor().name(), after.anchor().name());
    fixed("spec.anchor.where", before.anchorWhere(), after.anchorWhere());
    fixed("spec.label.name", old.name(), now.name());
    fixed("spec.label.match", text(old.match()), text(now.match()));
    fixed("spec.label.value", old.value(), now.value());
    fixed("spec.label.whenAbsent", old.whenAbsent(), now.whenAbsent());
    fixedMillis(
        "spec.attributionWindow", old.attributionWindowMillis(), now.attributionWindowMillis());
    fixedMillis("spec.gap", old.gapMillis(), now.gapMillis());
    fixed("spec.attribution", old.attribution().text(), now.attribution().text());
    fixedMillis(
        "spec.extract.servingDelay",
        before.extract().servingDelayMillis(),
        after.extract().servingDelayMillis());
    after.surrogates().forEach(this::surrogateMeaning);
  }

  /** One may be added or removed, but a column has one meaning. */
  private void surrogateMeaning(String name, SurrogatePlan now) {
    SurrogatePlan old = before.surrogates().get(name);
    if (old == null) {
      return;
    }
    String path = "spec.surrogates[" + name + "]";
    fixed(path + ".source.topic.name", old.topic().kafkaName(), now.topic().kafkaName());
    fixed(path + ".match", text(old.outcome().match()), text(now.outcome().match()));
    fixed(path + ".value", old.outcome().value(), now.outcome().value());
    fixedMillis(
        path + ".attributionWindow",
        old.outcome().attributionWindowMillis(),
        now.outcome().attributionWindowMillis());
  }

  private static String text(LabelMatch match) {
    if (match instanceof LabelMatch.ByReference reference) {
      return reference.anchorField() + "=" + reference.labelField();
    }
    return "entity " + ((LabelMatch.ByEntity) match).entity();
  }

  private void fixedMillis(String path, long old, long now) {
    fixed(path, DurationText.text(old), DurationText.text(now));
  }

  private void fixed(String path, String old, String now) {
    if (Objects.equals(old, now)) {
      return;
    }
    String from = old.isEmpty() ? "none" : old;
    String to = now.isEmpty() ? "none" : now;
    comparison.member(IN_PLACE, path.substring("spec.".length()), path, from, to);
    if (publishedRuns > 0) {
      WindowMeaning.refuse(violations, path, from, to, publishedRuns);
    }
  }

  private void runtime() {
    comparison
        .member(IN_PLACE, "suspend", "suspend", before.suspended(), after.suspended())
        .millis(
            IN_PLACE,
            "labelDelay",
            "labelDelay",
            before.label().labelDelayMillis(),
            after.label().labelDelayMillis())
        .member(IN_PLACE, "features", "columns", before.columns(), after.columns())
        .member(
            IN_PLACE,
            "extract.schedule",
            "schedule",
            before.extract().schedule() + " " + before.extract().timeZone(),
            after.extract().schedule() + " " + after.extract().timeZone())
        .member(IN_PLACE, "quality", "quality", before.quality(), after.quality());
  }

  /** Of the label's topic and of the surrogates'. */
  private void retention() {
    retention("label.source", before.topic(), after.topic());
    after
        .surrogates()
        .forEach(
            (name, now) -> {
              SurrogatePlan old = before.surrogates().get(name);
              if (old != null && old.topic().kafkaName().equals(now.topic().kafkaName())) {
                retention("surrogates[" + name + "].source", old.topic(), now.topic());
              }
            });
  }

  private void retention(String subject, TopicPlan old, TopicPlan now) {
    if (!old.managed() || !now.managed()) {
      return; // its owner decides
    }
    if (now.retentionMillis() < old.retentionMillis()) {
      WindowMeaning.refuseRetention(
          violations,
          "spec." + subject + ".topic.retention",
          old.retentionMillis(),
          now.retentionMillis(),
          publishedRuns);
    }
    comparison.millis(
        IN_PLACE,
        subject + ".topic.retention",
        "retention",
        old.retentionMillis(),
        now.retentionMillis());
  }
}
