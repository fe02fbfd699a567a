package dev.millrace.local.actor.cluster;

import dev.millrace.local.actor.FlinkCluster;
import dev.millrace.local.actor.FlinkDeploymentView;
import dev.millrace.local.actor.FlinkPod;
import dev.millrace.local.actor.FlinkProcess;
import dev.millrace.local.actor.LocalFlinkConfiguration;
import dev.millrace.local.flink.MiniClusterRequest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The JobManagers that run, whether or not an operator looks at them. */
final class FlinkJobs implements AutoCloseable {
  private final Path data;
  private final Volumes volumes;
  private final ActorSettings settings;
  private final FlinkFaults faults;
  private final Map<ObjectKey, FlinkJob> jobs = new ConcurrentHashMap<>();

  FlinkJobs(Path data, Volumes volumes, ActorSettings settings, FlinkFaults faults) {
    this.data = data;
    this.volumes = volumes;
    this.settings = settings;
    this.faults = faults;
  }

  FlinkFaults faults() {
    return faults;
  }

  /** Every deployment that has a JobManager. */
  Set<ObjectKey> keys() {
    return Set.copyOf(jobs.keySet());
  }

  Optional<FlinkJob> find(ObjectKey key) {
    return Optional.ofNullable(jobs.get(key));
  }

  /**
   * Creates the JobManager of a deployment in the place of any that is there.
   *
   * @param jobId 32 hexadecimal digits
   * @param state folder of a savepoint to start from
   */
  void deploy(
      ObjectKey key, GenericKubernetesResource deployment, String jobId, Optional<Path> state)
      throws IOException {
    remove(key);
    var job = new FlinkJob(key, jobId, state, () -> start(key, deployment, jobId, state), faults);
    jobs.put(key, job);
    job.startWhenPossible();
  }

  private FlinkCluster start(
      ObjectKey key, GenericKubernetesResource deployment, String jobId, Optional<Path> state)
      throws IOException {
    var spec = FlinkSpec.of(deployment);
    var view = FlinkDeploymentView.of(deployment);
    Path folder = data.resolve(key.namespace());
    Map<String, String> configuration = LocalFlinkConfiguration.of(view, folder, 0);
    configuration.put("$internal.pipeline.job-id", jobId);
    configuration.putIfAbsent("pipeline.name", key.name());
    configuration.put("web.cancel.enable", "false");
    configuration.put(
        "execution.state-recovery.ignore-unclaimed-state",
        spec.node().path("job").path("allowNonRestoredState").asText("false"));
    FlinkProcess process =
        FlinkPod.process(
            folder,
            view,
            volumes.of(key.namespace()),
            configuration,
            new FlinkPod.Jvm(settings.jobJvmOptions(), MiniClusterRequest.AfterEnd.STAY));
    return FlinkCluster.start(process, recovery(process, spec, jobId, state));
  }

  /** Without high availability a JobManager that dies begins as it began the first time. */
  private static FlinkCluster.Recovery recovery(
      FlinkProcess process, FlinkSpec spec, String jobId, Optional<Path> state) {
    if (!spec.hasHighAvailability()) {
      return () -> state;
    }
    return () -> {
      Optional<Path> checkpoint = process.newestCheckpoint(jobId);
      return checkpoint.isPresent() ? checkpoint : state;
    };
  }

  /** Ends the JobManager at once. */
  void remove(ObjectKey key) {
    FlinkJob job = jobs.remove(key);
    if (job != null) {
      job.close();
    }
  }

  /** Folder of a savepoint by its location; empty for none. */
  static Optional<Path> folder(String location) {
    if (location.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location));
  }

  @Override
  public void close() {
    jobs.keySet().forEach(this::remove);
  }
}
