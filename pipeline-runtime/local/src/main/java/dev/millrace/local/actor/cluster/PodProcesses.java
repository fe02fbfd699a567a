package dev.millrace.local.actor.cluster;

import dev.millrace.local.actor.PodVolumes;
import dev.millrace.local.process.ChildProcess;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes of pods, whether or not a kubelet looks at them. */
final class PodProcesses implements AutoCloseable {
  private static final String FLINK = "flink-native-kubernetes";
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Path data;
  private final Volumes volumes;
  private final ServicePorts ports;
  private final ActorSettings settings;
  private final LocalNode node = new LocalNode();
  private final Map<ObjectKey, PodProcess> processes = new ConcurrentHashMap<>();

  PodProcesses(Path data, Volumes volumes, ServicePorts ports, ActorSettings settings) {
    this.data = data;
    this.volumes = volumes;
    this.ports = ports;
    this.settings = settings;
  }

  /** What the pod's container runs; empty for a pod that is not ours to run. */
  Optional<ActorSettings.Program> program(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    boolean isFlink = labels != null && FLINK.equals(labels.get("type"));
    boolean isPlain =
        pod.getSpec().getContainers().size() == 1 && pod.getSpec().getInitContainers().isEmpty();
    return isFlink || !isPlain
        ? Optional.empty()
        : Optional.ofNullable(
            settings.images().get(pod.getSpec().getContainers().get(0).getImage()));
  }

  /** Every pod that has a process. */
  Set<ObjectKey> keys() {
    return Set.copyOf(processes.keySet());
  }

  Optional<PodProcess> find(ObjectKey key) {
    return Optional.ofNullable(processes.get(key));
  }

  /** Log file of a pod. */
  Path log(ObjectKey key) {
    return data.resolve(key.namespace()).resolve("logs").resolve(key.name() + ".log");
  }

  /**
   * Starts the process of a pod, or starts it again.
   *
   * @param ended told when it has ended
   */
  PodProcess start(ObjectKey key, Pod pod, Runnable ended) throws IOException {
    String uid = pod.getMetadata().getUid();
    Path folder = data.resolve(key.namespace()).resolve("pods").resolve(key.name() + "-" + uid);
    var program = new PodProgram(pod, folder, log(key));
    PodVolumes mounted = volumes.of(key.namespace());
    PodProcess before = processes.get(key);
    ChildProcess child =
        switch (program(pod).orElseThrow()) {
          case REDIS -> program.redis(mounted, ports);
          case SPARK -> program.spark(mounted, settings.sparkHeap());
        };
    var process =
        new PodProcess(
            uid,
            child,
            Instant.now(),
            before == null ? 0 : before.restarts() + 1,
            before == null ? node.nextPodAddress() : before.address(),
            program.terminationMessage());
    processes.put(key, process);
    child.exit().thenRun(ended);
    return process;
  }

  /** Ends the process of a pod, with time to write down what it holds. */
  void remove(ObjectKey key) {
    PodProcess process = processes.remove(key);
    if (process != null) {
      process.child().stop(GRACE);
    }
  }

  /** Ends a process whose pod is gone, or has given its name to another. */
  void removeOthers(ObjectKey key, Pod pod) {
    PodProcess process = processes.get(key);
    if (process != null && (pod == null || !process.podUid().equals(pod.getMetadata().getUid()))) {
      remove(key);
    }
  }

  @Override
  public void close() {
    processes.keySet().forEach(this::remove);
  }
}
