package dev.millrace.local.actor.cluster;

import dev.millrace.local.actor.MissingVolume;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The scheduler and the kubelet of one node: pods whose images it knows run as processes here.
 * Others stay Pending, and pods of Flink's own JobManagers are not its business.
 */
final class KubeletActor implements AutoCloseable {
  private static final int THREADS = 4;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final ActorSettings settings;
  private final PodProcesses processes;
  private final ControlLoop loop;
  private final ObjectFeed<Pod> feed;
  private volatile boolean registered;

  KubeletActor(KubernetesClient client, PodProcesses processes, ActorSettings settings) {
    this.client = client;
    this.processes = processes;
    this.settings = settings;
    loop = new ControlLoop("kubelet", THREADS, this::pass);
    feed =
        ObjectFeed.start(
            "kubelet",
            () -> client.pods().inAnyNamespace().runnableInformer(0),
            ObjectFeed.ANY_CHANGE,
            loop::add);
    processes.keys().forEach(loop::add); // some may have lost their pod while nobody looked
  }

  private Optional<Duration> pass(ObjectKey key) throws IOException {
    if (!settings.serves(key)) {
      return Optional.empty();
    }
    ObjectWrites<Pod> writes = ObjectWrites.of(client.pods(), key);
    Pod pod = writes.read();
    processes.removeOthers(key, pod);
    if (pod == null || processes.program(pod).isEmpty()) {
      return Optional.empty();
    }
    String node = pod.getSpec().getNodeName();
    if (node == null) {
      bind(key, pod);
      return Optional.empty();
    }
    if (!node.equals(LocalNode.NAME) || hasEnded(pod)) {
      return Optional.empty();
    }
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      stop(key);
      return Optional.empty();
    }
    Optional<PodProcess> process = processes.find(key);
    return process.isPresent()
        ? look(key, pod, process.get(), writes)
        : startFirst(key, pod, writes);
  }

  private static boolean hasEnded(Pod pod) {
    String phase = pod.getStatus().getPhase();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private void bind(ObjectKey key, Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return; // the server deletes a pod that no node has
    }
    if (!registered) {
      LocalNode.register(client);
      registered = true;
    }
    var binding =
        new BindingBuilder()
            .withNewMetadata()
            .withNamespace(key.namespace())
            .withName(key.name())
            .withUid(pod.getMetadata().getUid())
            .endMetadata()
            .withNewTarget()
            .withApiVersion("v1")
            .withKind("Node")
            .withName(LocalNode.NAME)
            .endTarget()
            .build();
    try {
      client.bindings().inNamespace(key.namespace()).resource(binding).create();
    } catch (KubernetesClientException e) {
      boolean isGone = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
      if (!isGone && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private void stop(ObjectKey key) {
    processes.remove(key);
    client.pods().inNamespace(key.namespace()).withName(key.name()).withGracePeriod(0).delete();
  }

  private Optional<Duration> startFirst(ObjectKey key, Pod pod, ObjectWrites<Pod> writes)
      throws IOException {
    boolean wasRunning = "Running".equals(pod.getStatus().getPhase());
    if (wasRunning && "Never".equals(pod.getSpec().getRestartPolicy())) {
      write(writes, PodStatuses::lost);
      return Optional.empty();
    }
    return start(key, pod, writes);
  }

  private Optional<Duration> start(ObjectKey key, Pod pod, ObjectWrites<Pod> writes)
      throws IOException {
    try {
      PodProcess process = processes.start(key, pod, () -> loop.add(key));
      write(writes, current -> PodStatuses.running(current, process));
      return Optional.empty();
    } catch (MissingVolume e) {
      write(writes, PodStatuses::creating);
      return Optional.of(RETRY);
    }
  }

  private Optional<Duration> look(
      ObjectKey key, Pod pod, PodProcess process, ObjectWrites<Pod> writes) throws IOException {
    if (process.child().isAlive()) {
      write(writes, current -> PodStatuses.running(current, process));
      return Optional.empty();
    }
    int code = process.child().exit().join();
    String policy = pod.getSpec().getRestartPolicy();
    if (policy.equals("Never") || policy.equals("OnFailure") && code == 0) {
      PodEnd end =
          PodEnd.of(
              code, pod.getSpec().getContainers().get(0), process.message(), processes.log(key));
      write(writes, current -> PodStatuses.ended(current, process, end));
      return Optional.empty();
    }
    if (isReady(pod)) {
      write(writes, current -> PodStatuses.restarting(current, process));
      return Optional.of(RETRY);
    }
    return start(key, pod, writes);
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream().anyMatch(status -> status.getReady());
  }

  private static void write(ObjectWrites<Pod> writes, UnaryOperator<Pod> edit) {
    writes.status(
        pod -> {
          Pod next = edit.apply(pod);
          return next.getStatus().equals(pod.getStatus()) ? null : next;
        });
  }

  /** The processes run on, as without their kubelet. */
  @Override
  public void close() {
    feed.close();
    loop.close();
  }
}
