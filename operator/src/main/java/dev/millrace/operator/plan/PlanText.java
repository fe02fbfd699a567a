package dev.millrace.operator.plan;

import dev.millrace.contract.DurationText;
import dev.millrace.contract.Violation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plan results for people (experience.md §3): one mistake a line, or a plan at a glance. */
public final class PlanText {
  private static final int HASH_DIGITS = 8;
  private static final int SUBJECT_WIDTH = 26;
  private static final int DETAIL_WIDTH = 30;

  private PlanText() {}

  /** Why there is no plan, a line each; empty for a valid one, which has no reason not to be. */
  public static String refusal(PlanResult<?> result) {
    if (result instanceof PlanResult.Invalid<?> invalid) {
      return lines(invalid.violations());
    }
    if (result instanceof PlanResult.Waiting<?> waiting) {
      return waiting.references().stream()
          .map(reference -> reference + "\n")
          .collect(Collectors.joining());
    }
    return "";
  }

  /** Violations or notices, a line each. */
  public static String lines(List<Violation> violations) {
    return violations.stream().map(violation -> violation + "\n").collect(Collectors.joining());
  }

  /**
   * A pipeline that does not run yet.
   *
   * @param children what the plan makes
   */
  public static String created(PipelinePlan plan, List<HasMetadata> children) {
    var out = new StringBuilder();
    out.append(
        "%s (%s)   new v%d from %s   definition %s%n"
            .formatted(
                plan.name(),
                plan.namespace(),
                plan.version(),
                topic(plan.topic()),
                shortHash(plan.definitionHash())));
    for (EntityPlan entity : plan.entities()) {
      entity.columns().stream()
          .collect(
              Collectors.groupingBy(
                  ColumnPlan::feature, java.util.LinkedHashMap::new, Collectors.toList()))
          .forEach((feature, columns) -> feature(out, entity.name() + "." + feature, columns));
    }
    footer(out, plan, children);
    return out.toString();
  }

  /** What a change does to a pipeline that runs. */
  public static String changed(
      PipelinePlan inForce, PipelinePlan plan, PlanDiff diff, List<HasMetadata> children) {
    var out = new StringBuilder();
    boolean replay = plan.version() > inForce.version();
    out.append("%s (%s)   ".formatted(plan.name(), plan.namespace()));
    out.append(
        replay
            ? "v%d → v%d by replay of %s of %s"
                .formatted(
                    inForce.version(),
                    plan.version(),
                    DurationText.text(plan.replayMillis()),
                    topic(plan.topic()))
            : "v%d".formatted(plan.version()));
    out.append(
        inForce.definitionHash().equals(plan.definitionHash())
            ? "   definition %s%n".formatted(shortHash(plan.definitionHash()))
            : "   definition %s → %s%n"
                .formatted(shortHash(inForce.definitionHash()), shortHash(plan.definitionHash())));
    changes(out, diff);
    footer(out, plan, children);
    verdict(out, inForce, plan, diff);
    return out.toString();
  }

  /**
   * A LabelWindow's plan.
   *
   * @param children what the plan makes
   */
  public static String created(LabelWindowPlan plan, List<HasMetadata> children) {
    return LabelWindowText.of(plan, children);
  }

  private static void changes(StringBuilder out, PlanDiff diff) {
    for (Change change : diff.changes()) {
      out.append(
          "  %s %s %s%n"
              .formatted(
                  pad(change.subject(), SUBJECT_WIDTH),
                  pad(change.planClass().text(), 12),
                  change.sentence()));
    }
    diff.violations().forEach(violation -> out.append("  ✗ ").append(violation).append('\n'));
  }

  private static void feature(StringBuilder out, String subject, List<ColumnPlan> columns) {
    ColumnPlan first = columns.get(0);
    String detail =
        first.derived()
            ? "derived"
            : columns.stream().map(ColumnPlan::window).collect(Collectors.joining(" "));
    out.append(
        "  %s %s %s%s%n"
            .formatted(
                pad(subject, SUBJECT_WIDTH),
                pad(detail, DETAIL_WIDTH),
                first.type(),
                tails(columns)));
  }

  /** Tails that are coarser than the finest one of the feature; nothing to say if all are exact. */
  private static String tails(List<ColumnPlan> columns) {
    long finest = columns.stream().mapToLong(ColumnPlan::tailMillis).min().orElse(0);
    String coarse =
        columns.stream()
            .filter(column -> column.tailMillis() > finest)
            .map(column -> column.window() + " by " + DurationText.text(column.tailMillis()))
            .collect(Collectors.joining(", "));
    return coarse.isEmpty() ? "" : "   tail " + coarse;
  }

  private static void footer(StringBuilder out, PipelinePlan plan, List<HasMetadata> children) {
    out.append("  children  ").append(counts(children)).append('\n');
    String slide = DurationText.text(plan.definition().slideMillis());
    out.append("  budget    ").append(plan.budget().columns()).append(" columns");
    for (Budget.EntityBudget entity : plan.budget().entities()) {
      out.append(
          " · at most 1 row per %s and %s, %,d panes, at most about %s for a dense %s"
              .formatted(
                  entity.entity(), slide, entity.panes(), size(entity.bytes()), entity.entity()));
    }
    out.append('\n');
  }

  private static void verdict(
      StringBuilder out, PipelinePlan inForce, PipelinePlan plan, PlanDiff diff) {
    var counts =
        diff.changes().stream()
            .collect(Collectors.groupingBy(Change::planClass, TreeMap::new, Collectors.counting()));
    String parts =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().text())
            .collect(Collectors.joining(", "));
    out.append("Plan %s: %s".formatted(diff.hash(), diff.planClass().text()));
    out.append(parts.isEmpty() ? "." : " (" + parts + ").");
    if (plan.version() > inForce.version()) {
      out.append(
          " Consent: spec.version is %d, higher than %d."
              .formatted(plan.version(), inForce.version()));
    }
    out.append('\n');
    if (counts.containsKey(PlanClass.LOSSY) && !plan.approvedPlan().equals(diff.hash())) {
      out.append("To approve, commit   spec.rollout.approvedPlan: \"%s\"%n".formatted(diff.hash()));
    }
  }

  static String topic(TopicPlan topic) {
    return topic.kafkaName()
        + (topic.managed()
            ? " (kept " + DurationText.text(topic.retentionMillis()) + ")"
            : " (not managed)");
  }

  static String counts(List<HasMetadata> children) {
    if (children.isEmpty()) {
      return "none";
    }
    return children.stream()
        .collect(Collectors.groupingBy(HasMetadata::getKind, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + " +" + entry.getValue())
        .collect(Collectors.joining(" · "));
  }

  private static String size(long bytes) {
    return bytes < 10_000 ? bytes + " bytes" : bytes / 1_000 + " KB";
  }

  private static String shortHash(String hash) {
    return hash.substring(0, HASH_DIGITS);
  }

  static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }
}
