package dev.millrace.operator.controller.event;

import dev.millrace.contract.Reason;
import dev.millrace.operator.telemetry.OperatorMetrics;
import dev.millrace.operator.telemetry.ReconcileLog;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records Events with two verbs, create and patch: one object per UID, reason and object named,
 * whose count rises at most once a minute. It never fails a reconcile: what cannot be written is
 * counted, and logged once until a write succeeds again.
 */
public final class EventRecorder {
  /** Component of every Event. */
  public static final String COMPONENT = "millrace";

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final OperatorMetrics metrics;
  private final Clock clock;
  private final EventCounts counts = new EventCounts(PATIENCE);
  private final AtomicBoolean failing = new AtomicBoolean();

  public EventRecorder(KubernetesClient client, OperatorMetrics metrics, Clock clock) {
    this.client = client;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Records Events about a resource, in its namespace. */
  public void record(HasMetadata about, Collection<PlannedEvent> events) {
    ObjectReference reference = reference(about);
    events.forEach(event -> record(reference, null, event));
  }

  /**
   * Records Events about a resource whose namespace is going, at the operator's own object.
   *
   * @param operator the operator's Deployment, Pod or Lease
   */
  public void recordAt(
      ObjectReference operator, HasMetadata about, Collection<PlannedEvent> events) {
    ObjectReference related = reference(about);
    events.forEach(event -> record(operator, related, event));
  }

  private void record(ObjectReference involved, ObjectReference related, PlannedEvent event) {
    if (event.reason().equals(Reason.FIELD_TAKEN_BACK.text())) {
      // Each time counts, also while the Event itself waits for its minute.
      metrics.fieldTakenBack(event.object().split(" ", 2)[0]);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String name = EventNames.of(related == null ? involved : related, event);
    EventCounts.Step step = counts.next(involved.getNamespace() + "/" + name, now);
    if (step.kind() == EventCounts.Kind.WAIT) {
      return;
    }
    try {
      if (step.kind() == EventCounts.Kind.CREATE) {
        create(involved, related, event, name, now);
      } else {
        raise(involved, related, event, name, step.count(), now);
      }
      failing.set(false);
      said(event);
    } catch (KubernetesClientException e) {
      counts.forget(involved.getNamespace() + "/" + name);
      failed(e);
    }
  }

  private void create(
      ObjectReference involved,
      ObjectReference related,
      PlannedEvent event,
      String name,
      Instant now) {
    Event object = object(involved, related, event, name, now);
    try {
      client.v1().events().inNamespace(involved.getNamespace()).resource(object).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // It is there from before our start. A patch answers with the object, so with its count.
      Event known = patch(involved.getNamespace(), name, event, null, now);
      int count = known == null || known.getCount() == null ? 1 : known.getCount() + 1;
      counts.known(involved.getNamespace() + "/" + name, count, now);
      patch(involved.getNamespace(), name, event, count, now);
    }
  }

  private void raise(
      ObjectReference involved,
      ObjectReference related,
      PlannedEvent event,
      String name,
      int count,
      Instant now) {
    try {
      patch(involved.getNamespace(), name, event, count, now);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      // The API server forgets Events after a while: the next one is the first again.
      counts.known(involved.getNamespace() + "/" + name, 1, now);
      create(involved, related, event, name, now);
    }
  }

  private Event patch(
      String namespace, String name, PlannedEvent event, Integer count, Instant now) {
    Event change =
        new EventBuilder()
            .withMessage(event.message())
            .withCount(count)
            .withLastTimestamp(now.toString())
            .build();
    return client.v1().events().inNamespace(namespace).withName(name).patch(MERGE, change);
  }

  /** A change of state is a line of the log too, for whoever does not keep Events. */
  private static void said(PlannedEvent event) {
    LOG.atInfo()
        .addKeyValue(ReconcileLog.REASON, event.reason())
        .addKeyValue(ReconcileLog.CHILD, event.object())
        .log("state changed");
  }

  private void failed(KubernetesClientException e) {
    metrics.eventFailed();
    if (failing.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue(ReconcileLog.REASON, e.getCode())
          .setCause(e)
          .log("an Event could not be written; further ones are only counted");
    }
  }

  private static Event object(
      ObjectReference involved,
      ObjectReference related,
      PlannedEvent event,
      String name,
      Instant now) {
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(involved.getNamespace())
        .withName(name)
        .endMetadata()
        .withInvolvedObject(involved)
        .withRelated(related)
        .withType(event.type().text())
        .withReason(event.reason())
        .withMessage(event.message())
        .withFirstTimestamp(now.toString())
        .withLastTimestamp(now.toString())
        .withCount(1)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .build();
  }

  private static ObjectReference reference(HasMetadata about) {
    return new ObjectReferenceBuilder()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(about.getMetadata().getNamespace())
        .withName(about.getMetadata().getName())
        .withUid(about.getMetadata().getUid())
        .build();
  }
}
