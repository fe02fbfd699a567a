package dev.millrace.local.actor;

import dev.millrace.local.LocalFailure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where desired objects are applied when there is no Kubernetes: each goes to its actor. */
public final class LocalCluster implements AutoCloseable {
  private final ClusterObjects objects = new ClusterObjects();
  private final TopicOperator topicOperator;
  private final FlinkOperator flinkOperator;
  private final Kubelet kubelet;
  private final Map<String, FlinkCluster> flinkClusters = new LinkedHashMap<>();
  private final Map<String, CronJob> cronJobs = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param data folder for pods and logs
   * @param bootstrapServers Kafka
   * @param flinkPort port of Flink's REST, 0 for any free one
   */
  public LocalCluster(Path data, String bootstrapServers, int flinkPort) {
    topicOperator = new TopicOperator(bootstrapServers, TopicOperator.Rules.ONE_BROKER);
    flinkOperator = new FlinkOperator(data, objects, flinkPort);
    kubelet = new Kubelet(data, objects);
  }

  /** Applies one object; those that only mean something on a network are passed over. */
  public void apply(HasMetadata object) throws IOException, InterruptedException {
    if (object instanceof KafkaTopic topic) {
      applyTopic(topic);
    } else if (object instanceof ConfigMap configMap) {
      objects.apply(configMap);
    } else if (object instanceof CronJob cronJob) {
      cronJobs.put(cronJob.getMetadata().getName(), cronJob);
    } else if (object instanceof StatefulSet store) {
      throw new LocalFailure(
          "StatefulSet "
              + store.getMetadata().getName()
              + ": a local stack has one Redis for all; remove spec.online.managed");
    } else if (object.getKind().equals("FlinkDeployment")) {
      flinkClusters.put(object.getMetadata().getName(), flinkOperator.deploy(object));
    }
  }

  /** All running jobs. */
  public Collection<FlinkCluster> flinkClusters() {
    return flinkClusters.values();
  }

  /** The job of a FlinkDeployment, or null. */
  public FlinkCluster flinkCluster(String deployment) {
    return flinkClusters.get(deployment);
  }

  /** The scheduled extract of a label window. */
  public CronJob cronJob(String name) {
    return cronJobs.get(name);
  }

  /** The actor that runs pods. */
  public Kubelet kubelet() {
    return kubelet;
  }

  /** Where an actor did less than its object says; lines for people. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    flinkClusters.values().forEach(FlinkCluster::close);
    topicOperator.close();
  }

  private void applyTopic(KafkaTopic topic) throws InterruptedException {
    var outcome = topicOperator.reconcile(topic);
    if (outcome instanceof TopicOperator.Outcome.NotReady refused) {
      throw new LocalFailure(
          "KafkaTopic " + refused.topic() + " is not ready: " + refused.message());
    }
    if (outcome instanceof TopicOperator.Outcome.Ready ready && !ready.note().isEmpty()) {
      notes.add(ready.note());
    }
  }
}
