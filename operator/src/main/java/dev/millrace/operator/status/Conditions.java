package dev.millrace.operator.status;

import dev.millrace.contract.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of conditions (api.md §3): Ready first, all of them, in order; Reconciling and Stalled
 * only while True and never both; {@code lastTransitionTime} moves only with status.
 */
final class Conditions {
  private static final int LONGEST_MESSAGE = 4096;

  private final List<Condition> previous;
  private final long generation;
  private final Instant now;

  /**
   * @param previous the conditions so far; null for none
   */
  Conditions(List<Condition> previous, long generation, Instant now) {
    this.previous = previous == null ? List.of() : previous;
    this.generation = generation;
    this.now = now;
  }

  /**
   * Composes the list.
   *
   * @param order the conditions beside Ready
   * @param deleting how far the deletion is
   * @param ready what Ready says if nothing keeps it from True
   */
  List<Condition> compose(
      List<ConditionType> order, Findings findings, Optional<String> deleting, Finding ready) {
    var conditions = new ArrayList<Condition>();
    conditions.add(condition(ConditionType.READY, ready(order, findings, deleting, ready)));
    Map<ConditionType, Finding> all = findings.all();
    order.forEach(type -> conditions.add(condition(type, all.get(type))));
    progress(order, findings, deleting).ifPresent(conditions::add);
    return conditions;
  }

  /**
   * Composes the list after a look that could not be finished: what is not known anew stays as it
   * was said, for the generation it was said for.
   *
   * @param order the conditions beside Ready
   * @param where the condition that says why
   */
  List<Condition> unread(List<ConditionType> order, ConditionType where, Unread unread) {
    Finding finding = unread.finding();
    Finding ready =
        unread.deleting() ? Finding.fails(Reason.DELETING, unread.message(), Weight.WAIT) : finding;
    var conditions = new ArrayList<Condition>();
    conditions.add(condition(ConditionType.READY, ready));
    for (ConditionType type : order) {
      conditions.add(
          type == where && !unread.deleting()
              ? condition(type, finding)
              : find(type).orElseGet(() -> condition(type, SpecFindings.NOTHING_DEPLOYED)));
    }
    boolean stalled = ready.weight() == Weight.USER;
    conditions.add(
        condition(stalled ? ConditionType.STALLED : ConditionType.RECONCILING, holding(ready)));
    return conditions;
  }

  /** What a condition said before. */
  Optional<Finding> before(ConditionType type) {
    return find(type).flatMap(Finding::of);
  }

  private static Finding ready(
      List<ConditionType> order, Findings findings, Optional<String> deleting, Finding ready) {
    if (deleting.isPresent()) {
      return Finding.fails(Reason.DELETING, deleting.get(), Weight.WAIT);
    }
    return order.stream()
        .map(findings.all()::get)
        .filter(finding -> finding.weight().keepsFromReady())
        .findFirst()
        .map(first -> Finding.fails(first.reason(), first.message(), first.weight()))
        .orElse(ready);
  }

  private Optional<Condition> progress(
      List<ConditionType> order, Findings findings, Optional<String> deleting) {
    if (deleting.isPresent()) {
      Finding finding = Finding.holds(Reason.DELETING, deleting.get());
      return Optional.of(condition(ConditionType.RECONCILING, finding));
    }
    Optional<Finding> stalled = first(order, findings, Weight.USER, Weight.USER);
    return stalled.isPresent()
        ? stalled.map(finding -> condition(ConditionType.STALLED, holding(finding)))
        : first(order, findings, Weight.WAIT, Weight.AWAY)
            .map(finding -> condition(ConditionType.RECONCILING, holding(finding)));
  }

  /** The first of one weight, else the first of the other. */
  private static Optional<Finding> first(
      List<ConditionType> order, Findings findings, Weight weight, Weight other) {
    Optional<Finding> first = first(order, findings, weight);
    return first.isPresent() ? first : first(order, findings, other);
  }

  private static Optional<Finding> first(
      List<ConditionType> order, Findings findings, Weight weight) {
    return order.stream()
        .map(findings.all()::get)
        .filter(finding -> finding.weight() == weight)
        .findFirst();
  }

  private static Finding holding(Finding finding) {
    return Finding.holds(finding.reason(), finding.message());
  }

  private Condition condition(ConditionType type, Finding finding) {
    String time =
        find(type)
            .filter(before -> finding.status().equals(before.getStatus()))
            .map(Condition::getLastTransitionTime)
            .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type.text())
        .withStatus(finding.status())
        .withObservedGeneration(generation)
        .withLastTransitionTime(time)
        .withReason(finding.reason().text())
        .withMessage(Texts.cut(finding.message(), LONGEST_MESSAGE))
        .build();
  }

  private Optional<Condition> find(ConditionType type) {
    return previous.stream().filter(each -> type.text().equals(each.getType())).findFirst();
  }
}
