package dev.millrace.operator.status;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildGroup;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** In which condition a failure shows (reliability.md §4.3): by its reason, else by its child. */
final class Placement {
  private static final Map<Reason, ConditionType> BY_REASON = new EnumMap<>(Reason.class);

  static {
    place(
        ConditionType.REFERENCES_RESOLVED,
        Reason.TENANT_NOT_PREPARED,
        Reason.SECRET_NOT_FOUND,
        Reason.SECRET_INVALID,
        Reason.PIPELINE_NOT_FOUND);
    place(
        ConditionType.SCHEMA_COMPATIBLE,
        Reason.FIELD_MISMATCH,
        Reason.SUBJECT_NOT_FOUND,
        Reason.REGISTRY_UNREACHABLE);
    place(
        ConditionType.TOPICS_READY,
        Reason.TOPIC_NOT_FOUND,
        Reason.TOPIC_NOT_READY,
        Reason.TOPIC_CONFLICT,
        Reason.TOPIC_REPLACED);
    place(
        ConditionType.ONLINE_STORE_READY,
        Reason.ONLINE_STORE_UNREACHABLE,
        Reason.ACCESS_DENIED,
        Reason.UNSAFE_EVICTION,
        Reason.UNSUPPORTED_VERSION,
        Reason.OUT_OF_MEMORY,
        Reason.STORE_NOT_READY);
    place(ConditionType.CHECKPOINTING, Reason.SIDE_OUTPUT_BLOCKED, Reason.STORAGE_FAILED);
    place(ConditionType.FRESH, Reason.SOURCE_UNREACHABLE);
    place(
        ConditionType.DEFINITION_IN_SYNC,
        Reason.UPGRADING,
        Reason.REPLAYING,
        Reason.SAVEPOINT_FAILED);
  }

  private Placement() {}

  private static void place(ConditionType type, Reason... reasons) {
    for (Reason reason : reasons) {
      BY_REASON.put(reason, type);
    }
  }

  /** Condition of a FeaturePipeline for a group of children. */
  static ConditionType ofPipeline(ChildGroup group) {
    return switch (group) {
      case TOPIC -> ConditionType.TOPICS_READY;
      case ONLINE_STORE -> ConditionType.ONLINE_STORE_READY;
      case DEFINITION -> ConditionType.DEFINITION_IN_SYNC;
      case NETWORK, JOB, SCHEDULE -> ConditionType.STREAM_RUNNING;
    };
  }

  /** Condition of a LabelWindow for a group of children. */
  static ConditionType ofLabelWindow(ChildGroup group) {
    return switch (group) {
      case TOPIC -> ConditionType.TOPIC_READY;
      case ONLINE_STORE, DEFINITION, NETWORK, JOB, SCHEDULE -> ConditionType.SCHEDULED;
    };
  }

  /**
   * Condition of a FeaturePipeline that a reason belongs to wherever it was found; empty if that
   * depends on what failed.
   */
  static Optional<ConditionType> ofPipeline(Reason reason) {
    return Optional.ofNullable(BY_REASON.get(reason));
  }
}
