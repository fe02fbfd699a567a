package dev.millrace.local.actor.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * The neighbours of our operator on a real API server: topic operator, Flink operator and kubelet.
 * Each can be stopped and started again, as when nobody answers for a while; what runs meanwhile
 * runs on. Closing ends everything.
 */
public final class ClusterActors implements AutoCloseable {
  private final KubernetesClient client;
  private final String bootstrapServers;
  private final ActorSettings settings;
  private final Path data;
  private final ServicePorts ports = new ServicePorts();
  private final FlinkFaults flinkFaults = new FlinkFaults();
  private final FlinkJobs jobs;
  private final PodProcesses processes;
  private final FlinkRestProxy proxy;
  private TopicOperatorActor topicOperator;
  private FlinkOperatorActor flinkOperator;
  private KubeletActor kubelet;

  /** One of the neighbours. */
  public enum Neighbour {
    TOPIC_OPERATOR,
    FLINK_OPERATOR,
    KUBELET
  }

  private ClusterActors(
      KubernetesClient client, Path data, String bootstrapServers, ActorSettings settings)
      throws IOException {
    this.client = client;
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
    this.data = data.toAbsolutePath();
    var volumes = new Volumes(client, this.data, ports);
    jobs = new FlinkJobs(this.data, volumes, settings, flinkFaults);
    processes = new PodProcesses(this.data, volumes, ports, settings);
    proxy = new FlinkRestProxy(jobs);
  }

  /**
   * Starts all three. None of their kinds needs to exist yet.
   *
   * @param client of an administrator; stays the caller's
   * @param data folder for pods, volumes and logs
   * @param bootstrapServers of a real broker
   */
  public static ClusterActors start(
      KubernetesClient client, Path data, String bootstrapServers, ActorSettings settings)
      throws IOException {
    var actors = new ClusterActors(client, data, bootstrapServers, settings);
    for (Neighbour neighbour : Neighbour.values()) {
      actors.start(neighbour);
    }
    return actors;
  }

  /** Starts a neighbour that was stopped; does nothing while it runs. */
  public synchronized void start(Neighbour neighbour) {
    switch (neighbour) {
      case TOPIC_OPERATOR -> {
        if (topicOperator == null) {
          topicOperator = new TopicOperatorActor(client, bootstrapServers, settings);
        }
      }
      case FLINK_OPERATOR -> {
        if (flinkOperator == null) {
          flinkOperator = new FlinkOperatorActor(client, jobs, settings);
        }
      }
      case KUBELET -> {
        if (kubelet == null) {
          kubelet = new KubeletActor(client, processes, settings);
        }
      }
    }
  }

  /** Stops a neighbour; jobs and pods run on. */
  public synchronized void stop(Neighbour neighbour) {
    switch (neighbour) {
      case TOPIC_OPERATOR -> {
        if (topicOperator != null) {
          topicOperator.close();
          topicOperator = null;
        }
      }
      case FLINK_OPERATOR -> {
        if (flinkOperator != null) {
          flinkOperator.close();
          flinkOperator = null;
        }
      }
      case KUBELET -> {
        if (kubelet != null) {
          kubelet.close();
          kubelet = null;
        }
      }
    }
  }

  /**
   * Base address of every JobManager's REST; append {@code /<namespace>/<deployment>} and a path.
   */
  public URI flinkRestAddress() {
    return proxy.address();
  }

  /** Faults of the Flink operator and its JobManagers. */
  public FlinkFaults flinkFaults() {
    return flinkFaults;
  }

  /** Ends the process of a JobManager as kill -9 does; its Deployment starts it again. */
  public void killJobManager(String namespace, String deployment) {
    jobs.find(new ObjectKey(namespace, deployment))
        .flatMap(FlinkJob::cluster)
        .orElseThrow(() -> new IllegalStateException("no JobManager of " + deployment))
        .kill();
  }

  /** Deletes the Deployment of a JobManager, its process with it. */
  public void loseJobManager(String namespace, String deployment) {
    jobs.remove(new ObjectKey(namespace, deployment));
  }

  /** The port on 127.0.0.1 that stands for a port of a Service, for clients outside of pods. */
  public int loopbackPort(String namespace, String service, int port) {
    return ports.of(namespace, service, port);
  }

  /** Log of a pod or of a FlinkDeployment's JobManager; absent until it has started. */
  public Path log(String namespace, String name) {
    return processes.log(new ObjectKey(namespace, name));
  }

  /** Folder with the logs and files of everything that runs, a folder per namespace. */
  public Path data() {
    return data;
  }

  @Override
  public void close() {
    for (Neighbour neighbour : Neighbour.values()) {
      stop(neighbour);
    }
    proxy.close();
    jobs.close();
    processes.close();
  }
}
