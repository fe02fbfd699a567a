package dev.millrace.operator.controller.event;

import dev.millrace.contract.Reason;
import dev.millrace.contract.Violation;
import java.util.Collection;
import java.util.List;

/** Events about what a controller did or found that no difference of two statuses tells. */
public final class EventTexts {
  private static final String RETAIN = "data";

  private EventTexts() {}

  /**
   * A spec was accepted.
   *
   * @param summary class and summary of the plan: {@code NewVersion v3 → v4, +1 column}
   */
  public static PlannedEvent planAccepted(long generation, String summary) {
    return PlannedEvent.of(
        Reason.PLAN_ACCEPTED,
        "generation " + generation,
        "generation " + generation + ": " + summary);
  }

  /** A version began to replay beside the one that readers see. */
  public static PlannedEvent rolloutStarted(int version, int servedVersion) {
    return PlannedEvent.of(
        Reason.ROLLOUT_STARTED,
        "version " + version,
        "version " + version + " replays, readers stay on version " + servedVersion);
  }

  /** Readers see another version. */
  public static PlannedEvent versionSwitched(int from, int to) {
    return PlannedEvent.of(
        Reason.VERSION_SWITCHED,
        "version " + to,
        "readers switched from version " + from + " to version " + to);
  }

  /** Data objects of an earlier resource of the same name were taken up again. */
  public static PlannedEvent adopted(Collection<String> objects) {
    return PlannedEvent.of(
        Reason.ADOPTED,
        objects.iterator().next(), // topics and store are not taken up in one pass
        "took up again what an earlier resource of this name left: " + String.join(", ", objects));
  }

  /** What stays after a deletion, each with its place. */
  public static PlannedEvent retained(Collection<String> objects) {
    return PlannedEvent.of(
        Reason.RETAINED,
        RETAIN,
        "kept " + String.join(", ", objects) + "; remove by hand what is no longer needed");
  }

  /** {@code deletionPolicy: Delete} came too late to count (reliability.md §6, row 126). */
  public static PlannedEvent retainedPolicyTooNew() {
    return PlannedEvent.of(
        Reason.RETAINED_POLICY_TOO_NEW,
        RETAIN,
        "deletionPolicy: Delete was not yet observed, all data is kept; remove it by hand if you"
            + " meant it");
  }

  /**
   * A child was set back.
   *
   * @param child kind and name
   * @param fields paths that had been changed, may be empty
   */
  public static PlannedEvent fieldTakenBack(String child, List<String> fields) {
    String what = fields.isEmpty() ? "fields" : String.join(", ", fields);
    return PlannedEvent.of(
        Reason.FIELD_TAKEN_BACK,
        child,
        child + ": set " + what + " back; change the resource instead of its children");
  }

  /** An object claims this resource as its owner, or the other way round (row 129). */
  public static PlannedEvent ownerMismatch(String child) {
    return PlannedEvent.of(Reason.OWNER_MISMATCH, child, child + " is not owned by this resource");
  }

  /** A CRD is older than this operator. */
  public static PlannedEvent crdOutdated(String crd, String command) {
    return PlannedEvent.of(
        Reason.CRD_OUTDATED, crd, "CRD " + crd + " is older than this operator; run: " + command);
  }

  /** A topic of another owner has grown. */
  public static PlannedEvent partitionsAdded(String topic, int before, int now) {
    return PlannedEvent.of(
        Reason.PARTITIONS_ADDED,
        topic,
        "topic "
            + topic
            + " grew from "
            + before
            + " to "
            + now
            + " partitions; for one horizon copies of an event may count twice");
  }

  /** The planner accepts the spec but has something to say. */
  public static PlannedEvent notice(Violation notice) {
    return PlannedEvent.of(Reason.PLANNER_NOTICE, notice.path(), notice.toString());
  }
}
