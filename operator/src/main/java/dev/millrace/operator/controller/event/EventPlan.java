package dev.millrace.operator.controller.event;

import dev.millrace.contract.Reason;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import dev.millrace.v1alpha1.LabelWindowStatus;
import dev.millrace.v1alpha1.labelwindowstatus.LastRun;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Events a change of status is worth. An Event never says what status does not: equal
 * statuses give none, so a resource at rest writes none (experience.md §2).
 */
public final class EventPlan {
  private static final String READY = "Ready";
  private static final String TRUE = "True";
  private static final String FALSE = "False";

  /** Conditions that only repeat others, or say that work goes on. */
  private static final Set<String> NO_CAUSES = Set.of(READY, "Reconciling");

  /** Reasons of what was asked for and goes its way; such steps have Events of their own. */
  private static final Set<String> NO_WARNINGS =
      Set.of(
          Reason.SUSPENDED.text(),
          Reason.DELETING.text(),
          Reason.REPLAYING.text(),
          Reason.UPGRADING.text(),
          Reason.WAITING.text(),
          Reason.STARTING.text(),
          Reason.NO_RUN_YET.text());

  /** How messages name an object: kind and name, or the path of a field. */
  private static final Pattern OBJECT =
      Pattern.compile("^([A-Z][A-Za-z]+ [a-z0-9][-a-z0-9./]*|spec(\\.[^:]{1,200})?)(?=[: ]|$)");

  private EventPlan() {}

  /**
   * Events of a FeaturePipeline.
   *
   * @param before its status as read, null if there is none
   * @param after its status as written
   * @param facts what {@link EventTexts} made of this pass
   */
  public static List<PlannedEvent> between(
      FeaturePipelineStatus before, FeaturePipelineStatus after, Collection<PlannedEvent> facts) {
    var events = new ArrayList<>(facts);
    conditions(before == null ? null : before.getConditions(), after.getConditions(), events);
    served(before)
        .ifPresent(
            from ->
                served(after)
                    .filter(to -> !to.equals(from))
                    .ifPresent(to -> events.add(EventTexts.versionSwitched(from, to))));
    return distinct(events);
  }

  /**
   * Events of a LabelWindow.
   *
   * @param before its status as read, null if there is none
   * @param after its status as written
   * @param facts what {@link EventTexts} made of this pass
   */
  public static List<PlannedEvent> between(
      LabelWindowStatus before, LabelWindowStatus after, Collection<PlannedEvent> facts) {
    var events = new ArrayList<>(facts);
    conditions(before == null ? null : before.getConditions(), after.getConditions(), events);
    LastRun run = after.getLastRun();
    LastRun known = before == null ? null : before.getLastRun();
    boolean published = run != null && run.getOutcome() == LastRun.Outcome.PUBLISHED;
    boolean isNew = known == null || !Objects.equals(asOf(known), asOf(run));
    if (published && (isNew || known.getOutcome() != LastRun.Outcome.PUBLISHED)) {
      events.add(
          PlannedEvent.of(
              Reason.RUN_PUBLISHED,
              "extract",
              "run "
                  + asOf(run)
                  + " published "
                  + run.getRows()
                  + " rows to "
                  + run.getLocation()));
    }
    return distinct(events);
  }

  private static Object asOf(LastRun run) {
    return run == null || run.getAsOf() == null ? null : run.getAsOf().toInstant();
  }

  private static Optional<Integer> served(FeaturePipelineStatus status) {
    return status == null || status.getDefinition() == null
        ? Optional.empty()
        : Optional.ofNullable(status.getDefinition().getServedVersion());
  }

  private static void conditions(
      List<Condition> before, List<Condition> after, List<PlannedEvent> events) {
    if (after == null) {
      return;
    }
    after.stream()
        .filter(EventPlan::warns)
        .filter(condition -> !known(condition, before))
        .forEach(
            condition ->
                events.add(
                    new PlannedEvent(
                        PlannedEvent.Type.WARNING,
                        condition.getReason(),
                        object(condition),
                        condition.getMessage())));
    Optional<Condition> now = find(after, READY);
    now.ifPresent(ready -> readiness(find(before, READY), ready, events));
  }

  private static void readiness(
      Optional<Condition> before, Condition now, List<PlannedEvent> events) {
    boolean isReady = now.getStatus().equals(TRUE);
    boolean isSuspended = isReady && now.getReason().equals(Reason.SUSPENDED.text());
    boolean wasReady = before.filter(c -> c.getStatus().equals(TRUE)).isPresent();
    boolean wasSuspended =
        before.filter(c -> c.getReason().equals(Reason.SUSPENDED.text())).isPresent();
    if (isSuspended && !wasSuspended) {
      events.add(PlannedEvent.of(Reason.SUSPENDED, READY, message(now)));
    }
    if (wasSuspended && !isSuspended) {
      events.add(PlannedEvent.of(Reason.RESUMED, READY, "goes on after a suspension"));
    }
    if (isReady && !isSuspended && (!wasReady || wasSuspended)) {
      events.add(PlannedEvent.of(Reason.BECAME_READY, READY, message(now)));
    }
  }

  private static String message(Condition ready) {
    return ready.getMessage().isEmpty() ? ready.getReason() : ready.getMessage();
  }

  /** Every False, and Stalled while it is there. */
  private static boolean warns(Condition condition) {
    if (NO_CAUSES.contains(condition.getType()) || NO_WARNINGS.contains(condition.getReason())) {
      return false;
    }
    return condition.getType().equals("Stalled")
        ? condition.getStatus().equals(TRUE)
        : condition.getStatus().equals(FALSE);
  }

  /**
   * Whether the same was said before of the same generation and object. The rest of a message may
   * hold figures that move; status has them.
   */
  private static boolean known(Condition condition, List<Condition> before) {
    return find(before, condition.getType())
        .filter(
            old ->
                Objects.equals(old.getStatus(), condition.getStatus())
                    && Objects.equals(old.getReason(), condition.getReason())
                    && Objects.equals(
                        old.getObservedGeneration(), condition.getObservedGeneration())
                    && object(old).equals(object(condition)))
        .isPresent();
  }

  /** What the message names first; the condition if that is no object. */
  static String object(Condition condition) {
    Matcher matcher = OBJECT.matcher(condition.getMessage());
    return matcher.find() ? matcher.group(1) : condition.getType();
  }

  private static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
  }

  /** Stalled repeats the reason of its cause: said once. */
  private static List<PlannedEvent> distinct(List<PlannedEvent> events) {
    var byIdentity = new LinkedHashMap<List<String>, PlannedEvent>();
    events.forEach(event -> byIdentity.putIfAbsent(List.of(event.reason(), event.object()), event));
    return List.copyOf(byIdentity.values());
  }
}
