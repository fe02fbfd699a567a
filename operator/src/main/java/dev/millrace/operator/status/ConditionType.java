package dev.millrace.operator.status;

import java.util.List;

/** The conditions of both kinds (api.md §3). */
enum ConditionType {
  READY("Ready"),
  SPEC_VALID("SpecValid"),
  REFERENCES_RESOLVED("ReferencesResolved"),
  SCHEMA_COMPATIBLE("SchemaCompatible"),
  TOPICS_READY("TopicsReady"),
  TOPIC_READY("TopicReady"),
  ONLINE_STORE_READY("OnlineStoreReady"),
  STREAM_RUNNING("StreamRunning"),
  CHECKPOINTING("Checkpointing"),
  FRESH("Fresh"),
  DEFINITION_IN_SYNC("DefinitionInSync"),
  SCHEDULED("Scheduled"),
  LABELS_FLOWING("LabelsFlowing"),
  LAST_RUN_SUCCEEDED("LastRunSucceeded"),
  DATA_QUALITY("DataQuality"),
  RECONCILING("Reconciling"),
  STALLED("Stalled");

  /** Those of a FeaturePipeline that are always there, beside Ready, in order. */
  static final List<ConditionType> PIPELINE =
      List.of(
          SPEC_VALID,
          REFERENCES_RESOLVED,
          SCHEMA_COMPATIBLE,
          TOPICS_READY,
          ONLINE_STORE_READY,
          STREAM_RUNNING,
          CHECKPOINTING,
          FRESH,
          DEFINITION_IN_SYNC);

  /** Those of a LabelWindow that are always there, beside Ready, in order. */
  static final List<ConditionType> LABEL_WINDOW =
      List.of(
          SPEC_VALID,
          REFERENCES_RESOLVED,
          TOPIC_READY,
          SCHEDULED,
          LABELS_FLOWING,
          LAST_RUN_SUCCEEDED,
          DATA_QUALITY);

  private final String text;

  ConditionType(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
