package dev.millrace.operator.plan;

import dev.millrace.contract.Violation;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.v1alpha1.LabelWindow;
import java.util.List;
import java.util.Optional;

/**
 * What one look at a LabelWindow decides.
 *
 * @param planned what the planner makes of the current spec
 * @param diff the change from the accepted spec; empty without one, or without a plan
 * @param memory what is in force; empty as long as no spec was accepted
 * @param inForce its plan, with suspension as the current spec says; empty while it cannot be made
 * @param origin where what was in force before was read
 * @param forgotten why nothing is decided; empty unless what was in force is not known any more
 */
public record WindowRollout(
    PlanResult<LabelWindowPlan> planned,
    Optional<PlanDiff> diff,
    Optional<AcceptedWindow> memory,
    Optional<LabelWindowPlan> inForce,
    Rollout.Origin origin,
    Optional<Recollection.Forgotten> forgotten) {
  private WindowRollout(
      PlanResult<LabelWindowPlan> planned,
      Optional<PlanDiff> diff,
      Optional<AcceptedWindow> memory,
      Optional<LabelWindowPlan> inForce) {
    this(planned, diff, memory, inForce, Rollout.Origin.CONFIG_MAP, Optional.empty());
  }

  private WindowRollout from(Rollout.Origin place) {
    return new WindowRollout(planned, diff, memory, inForce, place, forgotten);
  }

  /**
   * Decides for a LabelWindow whose ConfigMap with the accepted spec is gone or damaged.
   *
   * @param known what is known in spite of that
   */
  public static WindowRollout decide(
      LabelWindow current,
      Recollection<AcceptedWindow> known,
      References references,
      OperatorConfig config) {
    if (known.forgotten().isPresent()) {
      return new WindowRollout(
          Planner.plan(current, references, config),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Rollout.Origin.NOTHING,
          known.forgotten());
    }
    return decide(current, known.memory(), 0, references, config)
        .from(known.memory().isPresent() ? Rollout.Origin.STATUS : Rollout.Origin.NOTHING);
  }

  /**
   * Decides.
   *
   * @param memory what was in force before
   * @param publishedRuns training sets published so far, as the last report says
   */
  public static WindowRollout decide(
      LabelWindow current,
      Optional<AcceptedWindow> memory,
      int publishedRuns,
      References references,
      OperatorConfig config) {
    PlanResult<LabelWindowPlan> planned = Planner.plan(current, references, config);
    int runs = Math.max(publishedRuns, memory.map(AcceptedWindow::publishedRuns).orElse(0));
    if (!(planned instanceof PlanResult.Valid<LabelWindowPlan> valid)) {
      Optional<AcceptedWindow> kept = memory.map(known -> known.published(runs));
      return new WindowRollout(
          planned, Optional.empty(), kept, plan(current, kept, references, config));
    }
    Optional<LabelWindowPlan> before =
        memory.flatMap(
            known ->
                Planner.plan(known.window(current), references, config)
                        instanceof PlanResult.Valid<LabelWindowPlan> old
                    ? Optional.of(old.plan())
                    : Optional.empty());
    if (memory.isPresent() && before.isEmpty()) {
      return unplannable(current, memory.get(), valid, runs, references, config);
    }
    Optional<PlanDiff> diff = before.map(old -> PlanDiff.between(old, valid.plan(), runs));
    boolean accepted = diff.map(change -> change.violations().isEmpty()).orElse(true);
    AcceptedWindow next =
        accepted
            ? AcceptedWindow.of(
                current, runs, memory.map(AcceptedWindow::topicIds).orElse(TopicIds.NONE))
            : memory.orElseThrow().published(runs);
    return new WindowRollout(
        planned,
        diff,
        Optional.of(next),
        accepted
            ? Optional.of(valid.plan())
            : plan(current, Optional.of(next), references, config));
  }

  /**
   * What was accepted cannot be planned any more, say because its pipeline is gone: a spec that
   * means the same takes its place, any other is refused once a run is published.
   */
  private static WindowRollout unplannable(
      LabelWindow current,
      AcceptedWindow known,
      PlanResult.Valid<LabelWindowPlan> planned,
      int runs,
      References references,
      OperatorConfig config) {
    List<Violation> violations =
        WindowMeaning.violations(
            ResourceSpecs.of(known.window(current)), ResourceSpecs.of(current), runs);
    if (violations.isEmpty()) {
      return new WindowRollout(
          planned,
          Optional.empty(),
          Optional.of(AcceptedWindow.of(current, runs, known.topicIds())),
          Optional.of(planned.plan()));
    }
    AcceptedWindow kept = known.published(runs);
    return new WindowRollout(
        new PlanResult.Invalid<>(violations),
        Optional.empty(),
        Optional.of(kept),
        plan(current, Optional.of(kept), references, config));
  }

  /** Suspension and deletion policy hold from any spec, even one that is refused (api.md §1). */
  private static Optional<LabelWindowPlan> plan(
      LabelWindow current,
      Optional<AcceptedWindow> memory,
      References references,
      OperatorConfig config) {
    return memory.flatMap(
        known -> {
          LabelWindow window = known.window(current);
          window.getSpec().setSuspend(current.getSpec().getSuspend());
          window.getSpec().setDeletionPolicy(current.getSpec().getDeletionPolicy());
          return Planner.plan(window, references, config)
                  instanceof PlanResult.Valid<LabelWindowPlan> valid
              ? Optional.of(valid.plan())
              : Optional.empty();
        });
  }
}
