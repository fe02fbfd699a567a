package dev.millrace.operator.plan;

import dev.millrace.contract.Reason;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import dev.millrace.v1alpha1.labelwindowstatus.LastRun;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is known of the accepted spec when the ConfigMap that remembers it is not there. To take the
 * current spec for the first one would let a change that loses data pass unseen, so that is done
 * only if nothing runs yet; otherwise the status proves the current spec to be the accepted one, or
 * nothing is done.
 *
 * @param memory what was in force, as far as it is proven
 * @param forgotten why nothing can be done; empty if {@code memory} is there, or never was needed
 */
public record Recollection<M>(Optional<M> memory, Optional<Forgotten> forgotten) {
  /**
   * Why nothing can be done.
   *
   * @param reason whether waiting helps
   * @param cause what happened and what to do, to follow the ConfigMap's name
   */
  public record Forgotten(Reason reason, String cause) {}

  private static final String AGAIN =
      "was deleted or damaged, so nobody knows what a change would lose; restore it as it was, or"
          + " delete this resource with deletionPolicy: Retain and create it again";

  /**
   * Of a pipeline.
   *
   * @param deployed versions that have a job
   * @param served version that readers see, as a job says
   */
  public static Recollection<RolloutMemory> of(
      FeaturePipeline current, Set<Integer> deployed, OptionalInt served) {
    var status = current.getStatus();
    var acceptance =
        Acceptance.of(
            current,
            status == null ? null : status.getObservedGeneration(),
            status == null ? null : status.getConditions());
    if (deployed.isEmpty() && !acceptance.forgotten()) {
      return nothing();
    }
    int version = current.getSpec().getVersion();
    boolean alone = deployed.stream().allMatch(each -> each == version);
    if (!acceptance.proven()) {
      return forgotten(
          new Forgotten(
              Reason.ROLLOUT_FORGOTTEN,
              AGAIN + " with spec.version: " + (highest(deployed, version) + 1)));
    }
    return alone || served.isPresent() && served.getAsInt() == version
        ? new Recollection<>(Optional.of(RolloutMemory.rebuilt(current)), Optional.empty())
        : forgotten(
            new Forgotten(
                Reason.WAITING,
                "was deleted or damaged while version "
                    + version
                    + " catches up; wait until readers are on it, or restore the ConfigMap"));
  }

  /**
   * Of a LabelWindow.
   *
   * @param scheduled whether it has a CronJob
   * @param publishedRuns training sets published so far, as the last report says
   */
  public static Recollection<AcceptedWindow> of(
      LabelWindow current, boolean scheduled, int publishedRuns) {
    var status = current.getStatus();
    var acceptance =
        Acceptance.of(
            current,
            status == null ? null : status.getObservedGeneration(),
            status == null ? null : status.getConditions());
    if (!scheduled && !acceptance.forgotten()) {
      return nothing();
    }
    if (!acceptance.proven()) {
      return forgotten(new Forgotten(Reason.ROLLOUT_FORGOTTEN, AGAIN + " under another name"));
    }
    LastRun last = status.getLastRun();
    boolean published = last != null && last.getOutcome() == LastRun.Outcome.PUBLISHED;
    int runs = Math.max(publishedRuns, published ? 1 : 0);
    return new Recollection<>(
        Optional.of(AcceptedWindow.of(current, runs, TopicIds.NONE)), Optional.empty());
  }

  private static int highest(Set<Integer> deployed, int version) {
    return deployed.stream().reduce(version, Math::max);
  }

  private static <M> Recollection<M> nothing() {
    return new Recollection<>(Optional.empty(), Optional.empty());
  }

  private static <M> Recollection<M> forgotten(Forgotten why) {
    return new Recollection<>(Optional.empty(), Optional.of(why));
  }
}
