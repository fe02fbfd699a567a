package dev.millrace.operator.telemetry;

import java.util.List;

/**
 * Every metric of the operator: its name, type, labels and meaning, in one place (experience.md
 * §6). Alerts, dashboards and the documentation are checked against this list. Labels are names of
 * resources and words of fixed lists, never keys, messages or topics; one metric has the names of
 * schema fields, as many as the CRD allows.
 */
public enum MetricName {
  RESOURCE_CONDITION(
      "resource_condition",
      MetricType.GAUGE,
      "A condition of a resource: 1 True, 0 False, -1 Unknown",
      MetricLabel.KIND,
      MetricLabel.NAMESPACE,
      MetricLabel.NAME,
      MetricLabel.TYPE),
  RESOURCE_INFO(
      "resource_info",
      MetricType.INFO,
      "Always 1; the labels say which version is newest and which one readers see",
      MetricLabel.KIND,
      MetricLabel.NAMESPACE,
      MetricLabel.NAME,
      MetricLabel.VERSION,
      MetricLabel.SERVED_VERSION,
      MetricLabel.DEFINITION),
  PLAN_PENDING(
      "plan_pending",
      MetricType.GAUGE,
      "1 while the last plan waits for approval or is not carried out yet, else 0",
      MetricLabel.KIND,
      MetricLabel.NAMESPACE,
      MetricLabel.NAME,
      MetricLabel.CLASS),
  REPLAY_PROGRESS_RATIO(
      "replay_progress_ratio",
      MetricType.GAUGE,
      "How much of the topic a version that is not served yet has replayed, 0 to 1",
      MetricLabel.KIND,
      MetricLabel.NAMESPACE,
      MetricLabel.NAME,
      MetricLabel.VERSION),
  STREAM_EVENTS(
      "stream_events_total",
      MetricType.COUNTER,
      "Events of the served job as of its last completed checkpoint, by verdict",
      MetricLabel.NAMESPACE,
      MetricLabel.PIPELINE,
      MetricLabel.VERDICT),
  STREAM_RAISED(
      "stream_raised_total",
      MetricType.COUNTER,
      "Accepted events whose time of visibility was raised",
      MetricLabel.NAMESPACE,
      MetricLabel.PIPELINE),
  STREAM_NULLS(
      "stream_nulls_total",
      MetricType.COUNTER,
      "Events on time (accepted or duplicate) without a value, by nullable schema field",
      MetricLabel.NAMESPACE,
      MetricLabel.PIPELINE,
      MetricLabel.FIELD),
  STREAM_ROWS(
      "stream_rows_total",
      MetricType.COUNTER,
      "Feature rows of the served job as of its last completed checkpoint, by stage",
      MetricLabel.NAMESPACE,
      MetricLabel.PIPELINE,
      MetricLabel.STAGE),
  FRESHNESS_SECONDS(
      "freshness_seconds",
      MetricType.GAUGE,
      "How far the newest acknowledged row of the served version was behind when last read",
      MetricLabel.NAMESPACE,
      MetricLabel.PIPELINE),
  FRESHNESS_TARGET_SECONDS(
      "freshness_target_seconds",
      MetricType.GAUGE,
      "spec.freshness.target, plus the source's idle timeout while the source is idle",
      MetricLabel.NAMESPACE,
      MetricLabel.PIPELINE),
  SERVING_DELAY_SECONDS(
      "serving_delay_seconds",
      MetricType.GAUGE,
      "How long after T its rows were acknowledged, over the last 2,880 T, catching up left out",
      MetricLabel.NAMESPACE,
      MetricLabel.PIPELINE,
      MetricLabel.QUANTILE),
  WATERMARK_TIMESTAMP_SECONDS(
      "watermark_timestamp_seconds",
      MetricType.GAUGE,
      "Event time up to which rows of the served version are acknowledged",
      MetricLabel.NAMESPACE,
      MetricLabel.PIPELINE),
  CHECKPOINT_AGE_SECONDS(
      "checkpoint_age_seconds",
      MetricType.GAUGE,
      "Time since the served job's last completed checkpoint",
      MetricLabel.NAMESPACE,
      MetricLabel.PIPELINE),
  CHECKPOINT_INTERVAL_SECONDS(
      "checkpoint_interval_seconds",
      MetricType.GAUGE,
      "spec.stream.checkpointInterval",
      MetricLabel.NAMESPACE,
      MetricLabel.PIPELINE),
  LABELS(
      "labels",
      MetricType.GAUGE,
      "Anchors by state of their label, as of the last run",
      MetricLabel.NAMESPACE,
      MetricLabel.LABEL_WINDOW,
      MetricLabel.STATE),
  LABELS_OLDEST_PENDING_TIMESTAMP_SECONDS(
      "labels_oldest_pending_timestamp_seconds",
      MetricType.GAUGE,
      "Start of the UTC day of the oldest pending anchor",
      MetricLabel.NAMESPACE,
      MetricLabel.LABEL_WINDOW),
  LABEL_WATERMARK_TIMESTAMP_SECONDS(
      "label_watermark_timestamp_seconds",
      MetricType.GAUGE,
      "Time up to which all labels have been reported",
      MetricLabel.NAMESPACE,
      MetricLabel.LABEL_WINDOW),
  LABEL_DELAY_SECONDS(
      "label_delay_seconds",
      MetricType.GAUGE,
      "Delay of labels after their anchors",
      MetricLabel.NAMESPACE,
      MetricLabel.LABEL_WINDOW,
      MetricLabel.QUANTILE),
  LABEL_DELAY_LIMIT_SECONDS(
      "label_delay_limit_seconds",
      MetricType.GAUGE,
      "gap + attributionWindow + labelDelay: later labels are too late for their row",
      MetricLabel.NAMESPACE,
      MetricLabel.LABEL_WINDOW),
  EXTRACT_RUNS(
      "extract_runs_total",
      MetricType.COUNTER,
      "Runs of the extract seen to end since this process started, by outcome",
      MetricLabel.NAMESPACE,
      MetricLabel.LABEL_WINDOW,
      MetricLabel.OUTCOME),
  EXTRACT_OVERDUE_SECONDS(
      "extract_overdue_seconds",
      MetricType.GAUGE,
      "How long ago a scheduled run should have started that has not ended yet; 0 if none",
      MetricLabel.NAMESPACE,
      MetricLabel.LABEL_WINDOW),
  EXTRACT_DURATION_SECONDS(
      "extract_duration_seconds",
      MetricType.GAUGE,
      "How long the last run took",
      MetricLabel.NAMESPACE,
      MetricLabel.LABEL_WINDOW),
  EXTRACT_ROWS(
      "extract_rows",
      MetricType.GAUGE,
      "Training rows of the last run",
      MetricLabel.NAMESPACE,
      MetricLabel.LABEL_WINDOW),
  GATE_FAILURES(
      "gate_failures",
      MetricType.GAUGE,
      "Figures of the last run beyond their limit, by check; status lists at most 10",
      MetricLabel.NAMESPACE,
      MetricLabel.LABEL_WINDOW,
      MetricLabel.CHECK),
  CONSISTENCY_MISMATCHES(
      "consistency_mismatches",
      MetricType.GAUGE,
      "Sampled rows of the last run that differ from the feature log of what was served",
      MetricLabel.NAMESPACE,
      MetricLabel.LABEL_WINDOW),
  RECONCILE_DURATION_SECONDS(
      "reconcile_duration_seconds",
      MetricType.HISTOGRAM,
      "Duration of reconciles and clean-ups",
      MetricLabel.CONTROLLER,
      MetricLabel.OUTCOME),
  CHILD_WRITES(
      "child_writes_total",
      MetricType.COUNTER,
      "Writes of children",
      MetricLabel.KIND,
      MetricLabel.OPERATION),
  KUBE_REQUESTS(
      "kube_requests_total",
      MetricType.COUNTER,
      "Requests to the API server; code is 0 without an answer",
      MetricLabel.VERB,
      MetricLabel.RESOURCE,
      MetricLabel.CODE),
  WATCH_RESTARTS(
      "watch_restarts_total",
      MetricType.COUNTER,
      "Watches that were opened anew",
      MetricLabel.RESOURCE),
  FIELD_TAKEN_BACK(
      "field_taken_back_total",
      MetricType.COUNTER,
      "Fields of children that another hand had changed and that were set again",
      MetricLabel.KIND),
  EVENT_FAILURES(
      "event_failures_total", MetricType.COUNTER, "Kubernetes Events that could not be written"),
  CRD_MISSING(
      "crd_missing", MetricType.GAUGE, "1 while a CRD is not installed, else 0", MetricLabel.CRD),
  CRD_OUTDATED(
      "crd_outdated",
      MetricType.GAUGE,
      "1 while a CRD is older than this operator, else 0",
      MetricLabel.CRD),
  LEADER("leader", MetricType.GAUGE, "1 while this replica acts, else 0"),
  BUILD_INFO(
      "build_info", MetricType.INFO, "Always 1; the label says the version", MetricLabel.VERSION);

  private static final String PREFIX = "millrace_";

  private final String text;
  private final MetricType type;
  private final String meaning;
  private final List<String> labels;

  MetricName(String text, MetricType type, String meaning, String... labels) {
    this.text = text;
    this.type = type;
    this.meaning = meaning;
    this.labels = List.of(labels);
  }

  /**
   * Full name, as scraped; a histogram's series add {@code _bucket}, {@code _sum}, {@code _count}.
   */
  public String text() {
    return PREFIX + text;
  }

  /** Name without the suffix that the exposition adds by itself. */
  String baseName() {
    return switch (type) {
      case COUNTER -> text().substring(0, text().length() - "_total".length());
      case INFO -> text().substring(0, text().length() - "_info".length());
      case GAUGE, HISTOGRAM -> text();
    };
  }

  /** What Prometheus makes of it. */
  public MetricType type() {
    return type;
  }

  /** One sentence for people. */
  public String meaning() {
    return meaning;
  }

  /** Names of its labels, in order. */
  public List<String> labels() {
    return labels;
  }
}
