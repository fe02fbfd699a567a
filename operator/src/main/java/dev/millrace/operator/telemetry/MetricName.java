package dev.millrace.operator.telemetry;

import java.util.List;

/**
 * Every metric of the operator: its name, type, labels and meaning, in one place (experience.md
 * §6). Alerts, dashboards and the documentation are checked against this list. Labels are names of
 * resources and words of fixed lists, never keys, messages or topics.
 */
public enum MetricName {
  RESOURCE_CONDITION(
      "resource_condition",
      Type.GAUGE,
      "A condition of a resource: 1 True, 0 False, -1 Unknown",
      Label.KIND,
      Label.NAMESPACE,
      Label.NAME,
      Label.TYPE),
  RESOURCE_INFO(
      "resource_info",
      Type.INFO,
      "Always 1; the labels say which version is newest and which one readers see",
      Label.KIND,
      Label.NAMESPACE,
      Label.NAME,
      Label.VERSION,
      Label.SERVED_VERSION,
      Label.DEFINITION),
  PLAN_PENDING(
      "plan_pending",
      Type.GAUGE,
      "1 while the last plan waits for approval or is not carried out yet, else 0",
      Label.KIND,
      Label.NAMESPACE,
      Label.NAME,
      Label.CLASS),
  REPLAY_PROGRESS_RATIO(
      "replay_progress_ratio",
      Type.GAUGE,
      "How much of the topic a version that is not served yet has replayed, 0 to 1",
      Label.KIND,
      Label.NAMESPACE,
      Label.NAME,
      Label.VERSION),
  STREAM_EVENTS(
      "stream_events_total",
      Type.COUNTER,
      "Events of the served job as of its last completed checkpoint, by verdict",
      Label.NAMESPACE,
      Label.PIPELINE,
      Label.VERDICT),
  STREAM_RAISED(
      "stream_raised_total",
      Type.COUNTER,
      "Accepted events whose time of visibility was raised",
      Label.NAMESPACE,
      Label.PIPELINE),
  STREAM_ROWS(
      "stream_rows_total",
      Type.COUNTER,
      "Feature rows of the served job as of its last completed checkpoint, by stage",
      Label.NAMESPACE,
      Label.PIPELINE,
      Label.STAGE),
  FRESHNESS_SECONDS(
      "freshness_seconds",
      Type.GAUGE,
      "How far the newest acknowledged row of the served version was behind when last read",
      Label.NAMESPACE,
      Label.PIPELINE),
  FRESHNESS_TARGET_SECONDS(
      "freshness_target_seconds",
      Type.GAUGE,
      "spec.freshness.target, plus the source's idle timeout while the source is idle",
      Label.NAMESPACE,
      Label.PIPELINE),
  WATERMARK_TIMESTAMP_SECONDS(
      "watermark_timestamp_seconds",
      Type.GAUGE,
      "Event time up to which rows of the served version are acknowledged",
      Label.NAMESPACE,
      Label.PIPELINE),
  CHECKPOINT_AGE_SECONDS(
      "checkpoint_age_seconds",
      Type.GAUGE,
      "Time since the served job's last completed checkpoint",
      Label.NAMESPACE,
      Label.PIPELINE),
  CHECKPOINT_INTERVAL_SECONDS(
      "checkpoint_interval_seconds",
      Type.GAUGE,
      "spec.stream.checkpointInterval",
      Label.NAMESPACE,
      Label.PIPELINE),
  LABELS(
      "labels",
      Type.GAUGE,
      "Anchors by state of their label, as of the last run",
      Label.NAMESPACE,
      Label.LABEL_WINDOW,
      Label.STATE),
  LABELS_OLDEST_PENDING_TIMESTAMP_SECONDS(
      "labels_oldest_pending_timestamp_seconds",
      Type.GAUGE,
      "Start of the UTC day of the oldest pending anchor",
      Label.NAMESPACE,
      Label.LABEL_WINDOW),
  LABEL_WATERMARK_TIMESTAMP_SECONDS(
      "label_watermark_timestamp_seconds",
      Type.GAUGE,
      "Time up to which all labels have been reported",
      Label.NAMESPACE,
      Label.LABEL_WINDOW),
  LABEL_DELAY_SECONDS(
      "label_delay_seconds",
      Type.GAUGE,
      "Delay of labels after their anchors",
      Label.NAMESPACE,
      Label.LABEL_WINDOW,
      Label.QUANTILE),
  LABEL_DELAY_LIMIT_SECONDS(
      "label_delay_limit_seconds",
      Type.GAUGE,
      "gap + attributionWindow + labelDelay: later labels are too late for their row",
      Label.NAMESPACE,
      Label.LABEL_WINDOW),
  EXTRACT_RUNS(
      "extract_runs_total",
      Type.COUNTER,
      "Runs of the extract seen to end since this process started, by outcome",
      Label.NAMESPACE,
      Label.LABEL_WINDOW,
      Label.OUTCOME),
  EXTRACT_OVERDUE_SECONDS(
      "extract_overdue_seconds",
      Type.GAUGE,
      "How long ago a scheduled run should have started that has not ended yet; 0 if none",
      Label.NAMESPACE,
      Label.LABEL_WINDOW),
  EXTRACT_DURATION_SECONDS(
      "extract_duration_seconds",
      Type.GAUGE,
      "How long the last run took",
      Label.NAMESPACE,
      Label.LABEL_WINDOW),
  EXTRACT_ROWS(
      "extract_rows",
      Type.GAUGE,
      "Training rows of the last run",
      Label.NAMESPACE,
      Label.LABEL_WINDOW),
  GATE_FAILURES(
      "gate_failures",
      Type.GAUGE,
      "Figures of the last run beyond their limit, by check; status lists at most 10",
      Label.NAMESPACE,
      Label.LABEL_WINDOW,
      Label.CHECK),
  RECONCILE_DURATION_SECONDS(
      "reconcile_duration_seconds",
      Type.HISTOGRAM,
      "Duration of reconciles and clean-ups",
      Label.CONTROLLER,
      Label.OUTCOME),
  CHILD_WRITES(
      "child_writes_total", Type.COUNTER, "Writes of children", Label.KIND, Label.OPERATION),
  KUBE_REQUESTS(
      "kube_requests_total",
      Type.COUNTER,
      "Requests to the API server; code is 0 without an answer",
      Label.VERB,
      Label.RESOURCE,
      Label.CODE),
  WATCH_RESTARTS(
      "watch_restarts_total", Type.COUNTER, "Watches that were opened anew", Label.RESOURCE),
  FIELD_TAKEN_BACK(
      "field_taken_back_total",
      Type.COUNTER,
      "Fields of children that another hand had changed and that were set again",
      Label.KIND),
  EVENT_FAILURES(
      "event_failures_total", Type.COUNTER, "Kubernetes Events that could not be written"),
  CRD_MISSING("crd_missing", Type.GAUGE, "1 while a CRD is not installed, else 0", Label.CRD),
  CRD_OUTDATED(
      "crd_outdated", Type.GAUGE, "1 while a CRD is older than this operator, else 0", Label.CRD),
  LEADER("leader", Type.GAUGE, "1 while this replica acts, else 0"),
  BUILD_INFO("build_info", Type.INFO, "Always 1; the label says the version", Label.VERSION);

  /** What Prometheus makes of it. */
  public enum Type {
    GAUGE,
    COUNTER,
    HISTOGRAM,
    /** A gauge that is always 1. */
    INFO;

    /** As the text format says it. */
    public String text() {
      return switch (this) {
        case GAUGE, INFO -> "gauge";
        case COUNTER -> "counter";
        case HISTOGRAM -> "histogram";
      };
    }
  }

  /** All labels. */
  public static final class Label {
    public static final String KIND = "kind";
    public static final String NAMESPACE = "namespace";
    public static final String NAME = "name";
    public static final String TYPE = "type";
    public static final String VERSION = "version";
    public static final String SERVED_VERSION = "served_version";
    public static final String DEFINITION = "definition";
    public static final String CLASS = "class";
    public static final String PIPELINE = "pipeline";
    public static final String LABEL_WINDOW = "labelwindow";
    public static final String VERDICT = "verdict";
    public static final String STAGE = "stage";
    public static final String STATE = "state";
    public static final String QUANTILE = "quantile";
    public static final String OUTCOME = "outcome";
    public static final String CHECK = "check";
    public static final String CONTROLLER = "controller";
    public static final String OPERATION = "operation";
    public static final String VERB = "verb";
    public static final String RESOURCE = "resource";
    public static final String CODE = "code";
    public static final String CRD = "crd";

    private Label() {}
  }

  private static final String PREFIX = "millrace_";

  private final String text;
  private final Type type;
  private final String meaning;
  private final List<String> labels;

  MetricName(String text, Type type, String meaning, String... labels) {
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

  public Type type() {
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
