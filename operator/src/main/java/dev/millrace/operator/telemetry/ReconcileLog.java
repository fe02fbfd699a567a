package dev.millrace.operator.telemetry;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.util.Map;
import java.util.UUID;
import org.slf4j.MDC;

/**
 * Says in every log line which resource it is about (experience.md §6): {@code kind namespace name
 * generation}, and one {@code reconcileId} per pass. Registered with the framework beside {@link
 * OperatorMetrics}, since its calls frame a pass on the thread that runs it.
 */
public final class ReconcileLog implements Metrics {
  static final String KIND = "kind";
  static final String NAMESPACE = "namespace";
  static final String NAME = "name";
  static final String GENERATION = "generation";
  static final String RECONCILE_ID = "reconcileId";

  /** Key for the child a line is about, set with {@code log.atInfo().addKeyValue}. */
  public static final String CHILD = "child";

  /** Key for the reason of a condition or event. */
  public static final String REASON = "reason";

  /** Key for a duration in milliseconds. */
  public static final String DURATION_MILLIS = "durationMillis";

  private static final int ID_LENGTH = 12;

  @Override
  public void reconciliationExecutionStarted(HasMetadata resource, Map<String, Object> metadata) {
    MDC.put(KIND, resource.getKind());
    MDC.put(NAMESPACE, resource.getMetadata().getNamespace());
    MDC.put(NAME, resource.getMetadata().getName());
    MDC.put(GENERATION, String.valueOf(resource.getMetadata().getGeneration()));
    MDC.put(RECONCILE_ID, UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH));
  }

  @Override
  public void reconciliationExecutionFinished(HasMetadata resource, Map<String, Object> metadata) {
    MDC.remove(KIND);
    MDC.remove(NAMESPACE);
    MDC.remove(NAME);
    MDC.remove(GENERATION);
    MDC.remove(RECONCILE_ID);
  }
}
