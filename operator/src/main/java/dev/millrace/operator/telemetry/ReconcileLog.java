package dev.millrace.operator.telemetry;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.UUID;
import org.slf4j.MDC;

/**
 * Says in every log line which resource it is about (experience.md §6): {@code kind namespace name
 * generation}, and one {@code reconcileId} per pass. Both calls come on the thread that runs the
 * pass. Lines add {@link #CHILD}, {@link #REASON} and {@link #DURATION_MILLIS} with {@code
 * addKeyValue}; other keys are not written.
 */
public final class ReconcileLog {
  static final String KIND = "kind";
  static final String NAMESPACE = "namespace";
  static final String NAME = "name";
  static final String GENERATION = "generation";
  static final String RECONCILE_ID = "reconcileId";

  /** Key for the child a line is about. */
  public static final String CHILD = "child";

  /** Key for the reason of a condition or event. */
  public static final String REASON = "reason";

  /** Key for a duration in milliseconds. */
  public static final String DURATION_MILLIS = "durationMillis";

  private static final int ID_LENGTH = 12;

  void started(HasMetadata resource) {
    MDC.put(KIND, resource.getKind());
    MDC.put(NAMESPACE, resource.getMetadata().getNamespace());
    MDC.put(NAME, resource.getMetadata().getName());
    MDC.put(GENERATION, String.valueOf(resource.getMetadata().getGeneration()));
    MDC.put(RECONCILE_ID, UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH));
  }

  void finished() {
    MDC.remove(KIND);
    MDC.remove(NAMESPACE);
    MDC.remove(NAME);
    MDC.remove(GENERATION);
    MDC.remove(RECONCILE_ID);
  }
}
