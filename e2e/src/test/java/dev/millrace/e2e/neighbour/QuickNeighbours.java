package dev.millrace.e2e.neighbour;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Strimzi, the Flink operator and the kubelet of a fault campaign, a look at everything at a time.
 */
public final class QuickNeighbours implements AutoCloseable {
  private static final long PASS_MILLIS = 150;

  private final Children children;
  private final QuickTopics topics;
  private final QuickFlink flink;
  private final QuickPods pods;
  private final QuickFlinkRest rest;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  public QuickNeighbours(KubernetesClient client) {
    children = new Children(client);
    topics = new QuickTopics(client, children);
    flink = new QuickFlink(client, children);
    pods = new QuickPods(client, children);
    rest = new QuickFlinkRest(flink);
    thread.scheduleWithFixedDelay(this::pass, 0, PASS_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Everything that operators have made. */
  public Children children() {
    return children;
  }

  /** What Kafka holds of a tenant: records by topic. */
  public Map<String, Long> recordsInKafka(String tenant) {
    return topics.records(tenant + ".");
  }

  /** Somebody writes to a topic that has no KafkaTopic of ours. */
  public void putRecords(String topic, long count) {
    topics.put(topic, count);
  }

  /** Names of a tenant's topics whose data is gone, since the last call. */
  public List<String> takeLostTopics(String tenant) {
    return topics.takeDeleted(tenant);
  }

  /** Lets the topic operator leave a tenant alone, or look after it again. */
  public void topicsAway(String tenant, boolean is) {
    topics.away(tenant, is);
  }

  /** Lets the Flink operator leave a tenant alone, or look after it again. */
  public void flinkAway(String tenant, boolean is) {
    flink.away(tenant, is);
  }

  /** Lets the savepoints of a tenant's jobs fail, or succeed again. */
  public void savepointsFail(String tenant, boolean is) {
    flink.savepointsFail(tenant, is);
  }

  /** Lets the kubelet leave a tenant alone, or look after it again. */
  public void podsAway(String tenant, boolean is) {
    pods.away(tenant, is);
  }

  /** Lets the new versions of a tenant replay for ever, or take over once they have replayed. */
  public void holdReplay(String tenant, boolean is) {
    rest.hold(tenant, is);
  }

  /** For {@code process.jobRest}. */
  public String jobRest() {
    return rest.template();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    rest.close();
    children.close();
  }

  private void pass() {
    for (var neighbour : List.of(topics, flink, pods)) {
      try {
        neighbour.pass();
      } catch (RuntimeException e) { // else the passes would end here
        System.getLogger(QuickNeighbours.class.getName())
            .log(System.Logger.Level.WARNING, "the next pass tries again", e);
      }
    }
  }
}
