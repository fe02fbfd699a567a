package dev.millrace.contract;

import static dev.millrace.contract.Reason.Remedy.NONE;
import static dev.millrace.contract.Reason.Remedy.OUTAGE;
import static dev.millrace.contract.Reason.Remedy.USER;
import static dev.millrace.contract.Reason.Remedy.WAIT;

/**
 * Reasons of conditions, events and failures: one public vocabulary (experience.md, rule 1). A
 * reason says what is the matter; the message that comes with it names the object and the next
 * step.
 */
public enum Reason {
  // Ready, and what leads to it.
  RUNNING("Running", "all children match this generation", NONE, "nothing to do"),
  SCHEDULED("Scheduled", "the extract is scheduled", NONE, "nothing to do"),
  SUSPENDED("Suspended", "stopped on request, values stay", NONE, "set spec.suspend: false"),
  UNOBSERVED(
      "Unobserved",
      "no operator has looked at this yet",
      WAIT,
      "check that the millrace Deployment runs"),
  DELETING("Deleting", "the resource is being deleted", WAIT, "wait; the message says for what"),
  CLEAN_UP_FAILED(
      "CleanUpFailed",
      "what was to be deleted with the resource is still there",
      WAIT,
      "look at the log of the clean-up's pod; delete its Job to try again"),
  UNDECIDED("Undecided", "not known yet", NONE, "look at the first condition that is not True"),

  // SpecValid and ReferencesResolved.
  ACCEPTED("Accepted", "the spec is valid", NONE, "nothing to do"),
  INVALID("Invalid", "the spec is refused", USER, "correct the fields the message names"),
  APPROVAL_REQUIRED(
      "ApprovalRequired",
      "the change loses data and is not approved",
      USER,
      "review status.plan, then set spec.rollout.approvedPlan to its hash"),
  RESOLVED("Resolved", "everything the spec names exists", NONE, "nothing to do"),
  TENANT_NOT_PREPARED(
      "TenantNotPrepared",
      "the namespace lacks service accounts or Secrets",
      WAIT,
      "add the namespace to chart value tenants"),
  SECRET_NOT_FOUND(
      "SecretNotFound", "a Secret or one of its keys is missing", WAIT, "create the Secret"),
  SECRET_INVALID(
      "SecretInvalid", "a Secret's value cannot be used", WAIT, "set the key of the Secret"),
  PIPELINE_NOT_FOUND(
      "PipelineNotFound",
      "a referenced pipeline does not exist",
      WAIT,
      "create the pipeline or correct the name"),

  // SchemaCompatible.
  NO_REGISTRY("NoRegistry", "the format needs no schema registry", NONE, "nothing to do"),
  FIELD_MISMATCH(
      "FieldMismatch",
      "the registered schema does not fit the pipeline's",
      USER,
      "change the schema or the subject"),
  SUBJECT_NOT_FOUND(
      "SubjectNotFound",
      "the schema registry has no such subject",
      USER,
      "register the subject or correct its name"),
  REGISTRY_UNREACHABLE(
      "RegistryUnreachable",
      "the schema registry does not answer",
      OUTAGE,
      "wait, or check the registry connection"),

  // Children.
  READY("Ready", "the live state matches this generation", NONE, "nothing to do"),
  WAITING("Waiting", "something else has to happen first", WAIT, "look at what it waits for"),
  TOPIC_NOT_FOUND("TopicNotFound", "the topic does not exist", WAIT, "create the topic"),
  TOPIC_NOT_READY(
      "TopicNotReady", "the topic is not ready yet", WAIT, "do what the message says, or wait"),
  TOPIC_CONFLICT(
      "TopicConflict",
      "the topic belongs to another resource",
      USER,
      "rename the topic, or read it with managed: false"),
  TOPIC_REPLACED(
      "TopicReplaced",
      "a topic was deleted, or deleted and created again: its records are gone",
      USER,
      "bring the topic back, or raise spec.version to go on with what is left"),
  STORE_NOT_READY(
      "StoreNotReady", "the managed Redis is not ready yet", WAIT, "wait, or look at its pod"),
  CHILD_NOT_READY("ChildNotReady", "a child is not ready yet", WAIT, "look at the child"),
  CHILD_CONFLICT(
      "ChildConflict", "a child's name is taken by another owner", USER, "rename one of the two"),
  CHILD_REJECTED(
      "ChildRejected",
      "the API server refuses a child",
      WAIT,
      "raise the quota, or lower what the spec asks for"),
  FORBIDDEN("Forbidden", "the operator lacks a right", USER, "grant the right the message names"),
  DEPENDENCY_MISSING(
      "DependencyMissing",
      "a kind of resource is not installed, or too old",
      WAIT,
      "install what the message names"),
  API_UNAVAILABLE(
      "ApiUnavailable", "the Kubernetes API does not answer", OUTAGE, "wait; it is tried again"),
  ROLLOUT_FORGOTTEN(
      "RolloutForgotten",
      "what was accepted before is not known any more, so no change can be judged",
      USER,
      "restore the ConfigMap the message names"),
  INTERNAL_ERROR(
      "InternalError",
      "the operator itself failed; it tries again, ever more slowly",
      WAIT,
      "report the message and the operator's log"),

  // The job.
  STARTING("Starting", "the job has not completed its first checkpoint yet", WAIT, "wait for it"),
  UPGRADING("Upgrading", "a change is being carried out", WAIT, "wait for it"),
  REPLAYING("Replaying", "a new version replays the topic beside the old one", WAIT, "wait for it"),
  IN_SYNC("InSync", "the job computes the definition of the spec", NONE, "nothing to do"),
  SAVEPOINT_FAILED(
      "SavepointFailed",
      "the savepoint before a change failed; the old job runs on",
      WAIT,
      "check the storage connection"),
  RESTARTING("Restarting", "the job fails and is started again", WAIT, "look at its last cause"),
  DEPLOY_FAILED(
      "DeployFailed", "the Flink operator cannot run the job", USER, "do what its error says"),
  NO_RESTORE_POINT(
      "NoRestorePoint",
      "the job ended and no savepoint of it is known; it would start empty",
      USER,
      "raise spec.version to replay the topic"),
  NOT_RESTORED(
      "NotRestored",
      "saved state exists but was not restored",
      USER,
      "restore the files, or raise spec.version to replay the topic"),
  OFFSETS_LOST(
      "OffsetsLost",
      "the topic no longer holds the offsets the job needs",
      USER,
      "raise spec.version to go on without these events"),
  DEFINITION_REFUSED(
      "DefinitionRefused",
      "the job does not accept its definition",
      USER,
      "do what the message says"),
  VERSION_TAKEN(
      "VersionTaken",
      "the offline folder holds this version with another definition",
      USER,
      "set spec.version to the one the message names"),
  JOB_UNREACHABLE(
      "JobUnreachable",
      "the job's REST does not answer",
      OUTAGE,
      "wait, or check the network policy of the job's pods"),

  // Checkpointing.
  CHECKPOINTING("Checkpointing", "checkpoints complete", NONE, "nothing to do"),
  CHECKPOINT_OVERDUE(
      "CheckpointOverdue",
      "no checkpoint has completed for too long",
      NONE,
      "look at the job's checkpoints and back-pressure"),
  SIDE_OUTPUT_BLOCKED(
      "SideOutputBlocked",
      "the late or dead-letter topic cannot be written",
      OUTAGE,
      "check the topic and the rights on it"),
  STORAGE_FAILED(
      "StorageFailed",
      "the offline store cannot be read or written",
      OUTAGE,
      "check the storage connection"),

  // The online store.
  REGISTERED(
      "Registered", "the store is an administrator's; the job checks it", NONE, "nothing to do"),
  ONLINE_STORE_UNREACHABLE(
      "OnlineStoreUnreachable",
      "Redis does not accept writes",
      OUTAGE,
      "check the Redis connection"),
  ACCESS_DENIED("AccessDenied", "the store refused the user", USER, "check the Secret or the ACL"),
  UNSAFE_EVICTION(
      "UnsafeEviction",
      "the store may evict keys, which would read as empty windows",
      USER,
      "set maxmemory-policy noeviction"),
  UNSUPPORTED_VERSION(
      "UnsupportedVersion", "the store is older than required", USER, "upgrade the store"),
  OUT_OF_MEMORY(
      "OutOfMemory", "the store or a process has no memory left", OUTAGE, "give it more memory"),

  // Fresh.
  FRESH("Fresh", "the newest rows are young enough", NONE, "nothing to do"),
  SOURCE_IDLE("SourceIdle", "every partition is silent and consumed", NONE, "nothing to do"),
  SOURCE_UNREACHABLE(
      "SourceUnreachable", "Kafka does not answer", OUTAGE, "check the Kafka connection"),
  JOB_BEHIND(
      "JobBehind",
      "the job reads more slowly than events arrive",
      NONE,
      "raise spec.stream.parallelism"),
  SINK_BLOCKED("SinkBlocked", "rows wait for the online store", NONE, "check the online store"),
  EVENTS_ARRIVE_OLD(
      "EventsArriveOld",
      "everything is consumed, but the events themselves are old",
      NONE,
      "nothing to do for a recording; else look at the producers"),

  // The extract.
  NO_RUN_YET("NoRunYet", "the extract has not run yet", NONE, "wait for the schedule"),
  PUBLISHED("Published", "the run published its rows", NONE, "nothing to do"),
  NOTHING_MATURE(
      "NothingMature", "no anchor was mature yet; nothing to publish", NONE, "nothing to do"),
  FLOWING("Flowing", "labels arrive", NONE, "nothing to do"),
  PARTITION_SILENT(
      "PartitionSilent",
      "a label partition has been silent for too long",
      NONE,
      "check the label feed"),
  LABELS_LOST(
      "LabelsLost",
      "the label topic no longer holds the offsets the extract needs",
      NONE,
      "make the topic's retention longer, then backfill"),
  GATE_REFUSED(
      "GateRefused",
      "the quality gate refused the run",
      NONE,
      "look at status.lastRun.gate; override with spec.quality.override"),
  RUN_FAILED("RunFailed", "the extract failed", NONE, "look at the log of its pod"),
  TIMED_OUT(
      "TimedOut",
      "the extract ran longer than spec.extract.timeout",
      NONE,
      "raise spec.extract.timeout or give it more"),
  NOT_FINISHED("NotFinished", "the extract has nothing to read yet", NONE, "wait"),
  NO_REPORT("NoReport", "the run ended without a report", NONE, "look at the log of its pod"),

  // DataQuality.
  PASSED("Passed", "all figures are within their limits", NONE, "nothing to do"),
  NULL_RATE("NullRate", "a column has more nulls than its baseline", NONE, "look at the column"),
  DRIFT("Drift", "a column's values have moved from its baseline", NONE, "look at the column"),
  INSUFFICIENT_BASELINE(
      "InsufficientBaseline",
      "too few days or rows for a verdict; allowed and recorded",
      NONE,
      "nothing to do"),
  OVERRIDDEN("Overridden", "published in spite of a refusal, as asked for", NONE, "nothing to do"),

  // Events only.
  PLAN_ACCEPTED("PlanAccepted", "a spec was accepted", NONE, "nothing to do"),
  ROLLOUT_STARTED("RolloutStarted", "a change is carried out", NONE, "nothing to do"),
  BECAME_READY("BecameReady", "the resource became Ready", NONE, "nothing to do"),
  RESUMED("Resumed", "no longer suspended", NONE, "nothing to do"),
  RUN_PUBLISHED("RunPublished", "an extract published its rows", NONE, "nothing to do"),
  VERSION_SWITCHED("VersionSwitched", "readers see the new version", NONE, "nothing to do"),
  ADOPTED("Adopted", "retained data was taken up again", NONE, "nothing to do"),
  RETAINED("Retained", "data was kept at deletion", NONE, "remove it by hand if it is not wanted"),
  RETAINED_POLICY_TOO_NEW(
      "RetainedPolicyTooNew",
      "deletionPolicy Delete was not yet observed, all data is kept",
      NONE,
      "remove the data by hand"),
  PARTITIONS_ADDED(
      "PartitionsAdded", "the topic has grown; copies may count twice for a while", NONE, "wait"),
  FIELD_TAKEN_BACK(
      "FieldTakenBack", "somebody edited a child; it was put back", NONE, "edit the resource"),
  OWNER_MISMATCH(
      "OwnerMismatch", "an object claims to be ours and is not", NONE, "look at its owner"),
  CRD_OUTDATED(
      "CrdOutdated", "the installed CRDs are older than the operator", NONE, "upgrade the CRDs"),
  PLANNER_NOTICE(
      "PlannerNotice",
      "the spec is accepted, but has something worth a look",
      NONE,
      "do what the message says, or nothing"),
  UNTRUSTED_ARRIVAL(
      "UntrustedArrival",
      "the topic's arrival times are the producers' word",
      NONE,
      "set message.timestamp.type LogAppendTime");

  /** Who can do something about it. */
  public enum Remedy {
    /** Nobody has to: it keeps neither Ready nor a rollout from going on. */
    NONE,
    /** A dependency is away: it is tried again; Ready is not touched (reliability.md §4.4). */
    OUTAGE,
    /** Waiting may help: Reconciling. */
    WAIT,
    /** Waiting does not help, the user or the administrator must act: Stalled. */
    USER
  }

  private final String text;
  private final String meaning;
  private final Remedy remedy;
  private final String nextStep;

  Reason(String text, String meaning, Remedy remedy, String nextStep) {
    this.text = text;
    this.meaning = meaning;
    this.remedy = remedy;
    this.nextStep = nextStep;
  }

  /** The word in status, events and messages. */
  public String text() {
    return text;
  }

  /** One sentence for documentation and {@code millrace explain}. */
  public String meaning() {
    return meaning;
  }

  /** Who can do something about it, where a message does not say otherwise. */
  public Remedy remedy() {
    return remedy;
  }

  /** What to do in general; messages name the object and are more exact. */
  public String nextStep() {
    return nextStep;
  }
}
