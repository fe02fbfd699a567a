package dev.millrace.operator.plan;

import dev.millrace.contract.Violation;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.v1alpha1.FeaturePipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one look at a pipeline decides: whether its spec is accepted, and which versions run.
 *
 * @param planned what the planner makes of the current spec
 * @param diff the change from the accepted spec; empty without one, or without a plan
 * @param accepted whether the current spec is in force from now on
 * @param memory what is in force; empty as long as no spec was accepted
 * @param plans a plan per version that is to run, with suspension as the current spec says
 * @param origin where what was in force before was read
 * @param forgotten why nothing is decided; empty unless what was in force is not known any more
 */
public record Rollout(
    PlanResult<PipelinePlan> planned,
    Optional<PlanDiff> diff,
    boolean accepted,
    Optional<RolloutMemory> memory,
    SortedMap<Integer, PipelinePlan> plans,
    Origin origin,
    Optional<Recollection.Forgotten> forgotten) {
  /** Where what was in force before was read. */
  public enum Origin {
    /** Nothing was in force. */
    NOTHING,
    /** In its ConfigMap. */
    CONFIG_MAP,
    /** In the status, the ConfigMap being gone. */
    STATUS
  }

  /**
   * Decides.
   *
   * @param current the resource
   * @param memory what was in force before
   * @param reportedVersion version that readers see, as a job says
   */
  public static Rollout decide(
      FeaturePipeline current,
      Optional<RolloutMemory> memory,
      OptionalInt reportedVersion,
      References references,
      OperatorConfig config) {
    PlanResult<PipelinePlan> planned = Planner.plan(current, references, config);
    if (memory.isEmpty()) {
      Optional<RolloutMemory> first =
          planned instanceof PlanResult.Valid<PipelinePlan>
              ? Optional.of(RolloutMemory.first(current))
              : Optional.empty();
      return of(current, planned, Optional.empty(), first.isPresent(), first, references, config)
          .from(Origin.NOTHING);
    }
    RolloutMemory known = served(memory.get(), reportedVersion);
    if (!(planned instanceof PlanResult.Valid<PipelinePlan> valid)) {
      return of(current, planned, Optional.empty(), false, Optional.of(known), references, config);
    }
    return compared(current, valid, known, references, config);
  }

  /**
   * Decides for a pipeline whose ConfigMap of accepted specs is gone or damaged.
   *
   * @param known what is known in spite of that
   */
  public static Rollout decide(
      FeaturePipeline current,
      Recollection<RolloutMemory> known,
      References references,
      OperatorConfig config) {
    if (known.forgotten().isPresent()) {
      return new Rollout(
          Planner.plan(current, references, config),
          Optional.empty(),
          false,
          Optional.empty(),
          new TreeMap<>(),
          Origin.NOTHING,
          known.forgotten());
    }
    Rollout rollout = decide(current, known.memory(), OptionalInt.empty(), references, config);
    return known.memory().isPresent() ? rollout.from(Origin.STATUS) : rollout;
  }

  private static Rollout compared(
      FeaturePipeline current,
      PlanResult.Valid<PipelinePlan> planned,
      RolloutMemory known,
      References references,
      OperatorConfig config) {
    int newest = known.newestVersion();
    PlanResult<PipelinePlan> before =
        Planner.plan(known.pipeline(current, newest), references, config);
    if (!(before instanceof PlanResult.Valid<PipelinePlan> inForce)) {
      // What ran cannot be planned any more, say because its connection is gone: nothing to
      // compare with, so only a version of its own is surely no silent change.
      boolean higher = planned.plan().version() > newest;
      PlanResult<PipelinePlan> result = higher ? planned : unplannable(before, newest);
      return of(
          current,
          result,
          Optional.empty(),
          higher,
          Optional.of(higher ? known.accept(current) : known),
          references,
          config);
    }
    PlanDiff diff =
        PlanDiff.between(inForce.plan(), planned.plan(), references, known.usedApproval());
    boolean accepted = diff.violations().isEmpty();
    return of(
        current,
        planned,
        Optional.of(diff),
        accepted,
        Optional.of(accepted ? accept(current, diff, known) : known),
        references,
        config);
  }

  private static RolloutMemory accept(FeaturePipeline current, PlanDiff diff, RolloutMemory known) {
    RolloutMemory next = known.accept(current);
    return diff.losesData() ? next.used(diff.hash()) : next;
  }

  private static PlanResult<PipelinePlan> unplannable(PlanResult<PipelinePlan> before, int newest) {
    var violations = new ArrayList<Violation>();
    violations.add(
        new Violation(
            "spec.version",
            Violation.Kind.INVALID,
            "must be larger than "
                + newest
                + ", got "
                + newest
                + ": what version "
                + newest
                + " was accepted with is refused now; set version: "
                + (newest + 1)));
    if (before instanceof PlanResult.Invalid<PipelinePlan> invalid) {
      violations.addAll(invalid.violations());
    }
    return new PlanResult.Invalid<>(violations);
  }

  private static RolloutMemory served(RolloutMemory memory, OptionalInt reported) {
    return reported.isPresent()
            && reported.getAsInt() > memory.servedVersion()
            && memory.specs().containsKey(reported.getAsInt())
        ? memory.switchedTo(reported.getAsInt())
        : memory;
  }

  private static Rollout of(
      FeaturePipeline current,
      PlanResult<PipelinePlan> planned,
      Optional<PlanDiff> diff,
      boolean accepted,
      Optional<RolloutMemory> memory,
      References references,
      OperatorConfig config) {
    var plans = new TreeMap<Integer, PipelinePlan>();
    memory.ifPresent(
        known ->
            known
                .specs()
                .keySet()
                .forEach(
                    version ->
                        running(current, known, version, references, config)
                            .ifPresent(plan -> plans.put(version, plan))));
    return new Rollout(planned, diff, accepted, memory, plans, Origin.CONFIG_MAP, Optional.empty());
  }

  private Rollout from(Origin place) {
    return new Rollout(planned, diff, accepted, memory, plans, place, forgotten);
  }

  /** Suspension and deletion policy hold from any spec, even one that is refused (api.md §1). */
  private static Optional<PipelinePlan> running(
      FeaturePipeline current,
      RolloutMemory memory,
      int version,
      References references,
      OperatorConfig config) {
    FeaturePipeline pipeline = memory.pipeline(current, version);
    pipeline.getSpec().setSuspend(current.getSpec().getSuspend());
    pipeline.getSpec().setDeletionPolicy(current.getSpec().getDeletionPolicy());
    return Planner.plan(pipeline, references, config)
            instanceof PlanResult.Valid<PipelinePlan> valid
        ? Optional.of(valid.plan())
        : Optional.empty();
  }

  /** The newest accepted plan; children that all versions share follow from it. */
  public Optional<PipelinePlan> inForce() {
    return memory.map(known -> plans.get(known.newestVersion()));
  }

  /** Version that readers see, or 0 before there is any. */
  public int servedVersion() {
    return memory.map(RolloutMemory::servedVersion).orElse(0);
  }

  /** Violations of the spec, of the change, or of both. */
  public List<Violation> violations() {
    if (planned instanceof PlanResult.Invalid<PipelinePlan> invalid) {
      return invalid.violations();
    }
    return diff.map(PlanDiff::violations).orElse(List.of());
  }
}
