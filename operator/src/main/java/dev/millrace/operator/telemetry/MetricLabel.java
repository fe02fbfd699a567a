package dev.millrace.operator.telemetry;

/** All labels of {@link MetricName}. */
public final class MetricLabel {
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
  public static final String FIELD = "field";
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

  private MetricLabel() {}
}
