package dev.millrace.contract;

/**
 * Reasons of conditions, events and failures: one public vocabulary (experience.md, rule 1). A
 * reason says what is the matter; the message that comes with it names the object and the next
 * step.
 */
public enum Reason {
  RUNNING("Running", "all children match this generation"),
  SCHEDULED("Scheduled", "the extract is scheduled"),
  SUSPENDED("Suspended", "stopped on request, values stay"),
  UNOBSERVED("Unobserved", "no operator has looked at this yet"),
  INVALID("Invalid", "the spec is refused"),
  APPROVAL_REQUIRED("ApprovalRequired", "the change loses data and is not approved"),
  TENANT_NOT_PREPARED("TenantNotPrepared", "the namespace lacks service accounts or Secrets"),
  SECRET_NOT_FOUND("SecretNotFound", "a Secret or one of its keys is missing"),
  SECRET_INVALID("SecretInvalid", "a Secret's value cannot be used"),
  PIPELINE_NOT_FOUND("PipelineNotFound", "a referenced pipeline does not exist"),
  TOPIC_NOT_FOUND("TopicNotFound", "the topic does not exist"),
  TOPIC_NOT_READY("TopicNotReady", "the topic is not ready yet"),
  TOPIC_CONFLICT("TopicConflict", "the topic belongs to another resource"),
  TOPIC_REPLACED("TopicReplaced", "the topic was deleted and created again"),
  OFFSETS_LOST("OffsetsLost", "the topic no longer holds the offsets the job needs"),
  LABELS_LOST("LabelsLost", "the label topic no longer holds the offsets the extract needs"),
  SOURCE_UNREACHABLE("SourceUnreachable", "Kafka does not answer"),
  SIDE_OUTPUT_BLOCKED("SideOutputBlocked", "the late or dead-letter topic cannot be written"),
  ACCESS_DENIED("AccessDenied", "the store refused the user"),
  UNSAFE_EVICTION("UnsafeEviction", "the store may evict keys, which would read as empty windows"),
  UNSUPPORTED_VERSION("UnsupportedVersion", "the store is older than required"),
  ONLINE_STORE_UNREACHABLE("OnlineStoreUnreachable", "Redis does not accept writes"),
  OUT_OF_MEMORY("OutOfMemory", "the store or a process has no memory left"),
  STORAGE_FAILED("StorageFailed", "the offline store cannot be read or written"),
  DEFINITION_REFUSED("DefinitionRefused", "the job does not accept its definition"),
  NOT_RESTORED("NotRestored", "saved state exists but was not restored"),
  VERSION_TAKEN("VersionTaken", "the offline folder holds this version with another definition"),
  PARTITION_SILENT("PartitionSilent", "a label partition has been silent for too long"),
  GATE_REFUSED("GateRefused", "the quality gate refused the run"),
  RUN_FAILED("RunFailed", "the extract failed"),
  NOT_FINISHED("NotFinished", "the extract has nothing to read yet");

  private final String text;
  private final String meaning;

  Reason(String text, String meaning) {
    this.text = text;
    this.meaning = meaning;
  }

  /** The word in status, events and messages. */
  public String text() {
    return text;
  }

  /** One sentence for documentation and {@code millrace explain}. */
  public String meaning() {
    return meaning;
  }
}
