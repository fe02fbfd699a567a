package dev.millrace.local.actor.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The Flink Kubernetes operator for application clusters, without its webhook: validation shows in
 * the status. Each pass observes, validates and reconciles, as neighbours.md §2 describes.
 */
final class FlinkOperatorActor implements AutoCloseable {
  private static final String FINALIZER = "flinkdeployments.flink.apache.org/finalizer";
  private static final int THREADS = 4;

  private final KubernetesClient client;
  private final CustomKind kind;
  private final ActorSettings settings;
  private final FlinkJobs jobs;
  private final FlinkObserver observer;
  private final FlinkReconciler reconciler;
  private final FlinkDeletion deletion;
  private final ControlLoop loop;
  private final ObjectFeed<GenericKubernetesResource> feed;

  FlinkOperatorActor(KubernetesClient client, FlinkJobs jobs, ActorSettings settings) {
    this.client = client;
    this.jobs = jobs;
    this.settings = settings;
    kind = CustomKind.flinkDeployments(client);
    observer = new FlinkObserver(jobs, settings.delays());
    reconciler = new FlinkReconciler(jobs, settings.delays());
    deletion =
        new FlinkDeletion(
            jobs, new FlinkSnapshots(CustomKind.flinkStateSnapshots(client)), settings.delays());
    loop = new ControlLoop("flink operator", THREADS, this::pass);
    feed = ObjectFeed.start("flink operator", kind::informer, ObjectFeed.NEW_GENERATION, loop::add);
  }

  private Optional<Duration> pass(ObjectKey key) throws IOException, InterruptedException {
    if (!settings.serves(key)) {
      return Optional.empty();
    }
    if (jobs.faults().isActive(FlinkFault.OPERATOR_ABSENT, key)) {
      return Optional.of(settings.delays().flinkReconcile());
    }
    var writes = ObjectWrites.of(kind.objects(), key);
    GenericKubernetesResource object = writes.read();
    if (object == null) {
      jobs.remove(key); // its Deployment is garbage with its owner
      return Optional.empty();
    }
    if (object.getMetadata().getDeletionTimestamp() != null) {
      return delete(writes, object);
    }
    object = writes.addFinalizer(FINALIZER);
    return object == null ? Optional.empty() : reconcile(writes, object);
  }

  private Optional<Duration> reconcile(
      ObjectWrites<GenericKubernetesResource> writes, GenericKubernetesResource object)
      throws IOException, InterruptedException {
    var resource = new FlinkResource(writes, object, new FlinkEvents(client, object));
    if (resource.spec().node().path("flinkVersion").asText("").isEmpty()) {
      resource
          .events()
          .warning(
              FlinkEvents.Component.OPERATOR,
              "UnsupportedFlinkVersion",
              "Flink version null is not supported by this operator version");
      return Optional.empty();
    }
    FlinkStatus observed = observer.observe(resource);
    Optional<String> violation = FlinkValidation.violation(resource.key().name(), resource.spec());
    if (violation.isPresent()) {
      refuse(resource, observed, violation.get());
    } else {
      reconciler.reconcile(resource, observed);
    }
    resource.writeConditions();
    return Optional.of(nextLook(resource.status()));
  }

  /** What runs is left running; the old spec stays the observed one. */
  private static void refuse(FlinkResource resource, FlinkStatus observed, String message) {
    resource.events().warning(FlinkEvents.Component.OPERATOR, "ValidationError", message);
    FlinkStatus next =
        observed.error(FlinkError.operator("ValidationException", message, List.of()));
    if (observed.lastSpec().isEmpty()) {
      next =
          next.jobManager(FlinkStatus.MISSING)
              .with("/reconciliationStatus/state", FlinkStatus.UPGRADING);
    }
    resource.write(next);
  }

  private Duration nextLook(FlinkStatus status) {
    boolean isSuspended = status.lastSpec().map(FlinkSpec::isSuspended).orElse(true);
    if (isSuspended && status.reconciliation().equals(FlinkStatus.UPGRADING)) {
      return status.error().isEmpty() ? Duration.ZERO : settings.delays().flinkReconcile();
    }
    return switch (status.jobManager()) {
      case FlinkStatus.DEPLOYING, FlinkStatus.DEPLOYED_NOT_READY ->
          settings.delays().flinkProgress();
      default -> settings.delays().flinkReconcile();
    };
  }

  private Optional<Duration> delete(
      ObjectWrites<GenericKubernetesResource> writes, GenericKubernetesResource object)
      throws IOException, InterruptedException {
    if (!object.getMetadata().getFinalizers().contains(FINALIZER)) {
      return Optional.empty();
    }
    var resource = new FlinkResource(writes, object, new FlinkEvents(client, object));
    FlinkDeletion.Outcome outcome = deletion.attempt(resource, observer.observe(resource));
    if (outcome instanceof FlinkDeletion.Outcome.Held held) {
      return held.retry();
    }
    writes.removeFinalizer(FINALIZER);
    return Optional.empty();
  }

  /** The jobs run on, as without their operator. */
  @Override
  public void close() {
    feed.close();
    loop.close();
  }
}
