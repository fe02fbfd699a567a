package dev.millrace.operator.controller.event;

/** Reasons of Events that are not reasons of conditions (experience.md §2). */
public enum EventReason {
  PLAN_ACCEPTED(
      "PlanAccepted", PlannedEvent.Type.NORMAL, "the spec was accepted and is carried out"),
  ROLLOUT_STARTED("RolloutStarted", PlannedEvent.Type.NORMAL, "a version began to replay"),
  BECAME_READY("BecameReady", PlannedEvent.Type.NORMAL, "everything runs as the spec says"),
  SUSPENDED("Suspended", PlannedEvent.Type.NORMAL, "stopped on request"),
  RESUMED("Resumed", PlannedEvent.Type.NORMAL, "goes on after a suspension"),
  RUN_PUBLISHED("RunPublished", PlannedEvent.Type.NORMAL, "an extract published training rows"),
  VERSION_SWITCHED("VersionSwitched", PlannedEvent.Type.NORMAL, "readers see another version"),
  ADOPTED("Adopted", PlannedEvent.Type.NORMAL, "data of an earlier resource was taken up again"),
  RETAINED("Retained", PlannedEvent.Type.NORMAL, "what a deleted resource leaves behind"),
  PARTITIONS_ADDED("PartitionsAdded", PlannedEvent.Type.NORMAL, "a topic has grown"),
  RETAINED_POLICY_TOO_NEW(
      "RetainedPolicyTooNew",
      PlannedEvent.Type.WARNING,
      "deletionPolicy Delete had not been observed, everything is kept"),
  FIELD_TAKEN_BACK("FieldTakenBack", PlannedEvent.Type.WARNING, "another hand had changed a child"),
  OWNER_MISMATCH(
      "OwnerMismatch", PlannedEvent.Type.WARNING, "an object says it is ours and is not"),
  CRD_OUTDATED("CrdOutdated", PlannedEvent.Type.WARNING, "a CRD is older than this operator"),
  PLANNER_NOTICE(
      "PlannerNotice", PlannedEvent.Type.WARNING, "the spec is accepted, but look at this");

  private final String text;
  private final PlannedEvent.Type type;
  private final String meaning;

  EventReason(String text, PlannedEvent.Type type, String meaning) {
    this.text = text;
    this.type = type;
    this.meaning = meaning;
  }

  /** The word in the Event. */
  public String text() {
    return text;
  }

  /** Whether it asks for attention. */
  public PlannedEvent.Type type() {
    return type;
  }

  /** One sentence for documentation. */
  public String meaning() {
    return meaning;
  }
}
