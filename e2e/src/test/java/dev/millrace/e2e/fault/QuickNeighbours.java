package dev.millrace.e2e.fault;

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

  Children children() {
    return children;
  }

  QuickTopics topics() {
    return topics;
  }

  QuickFlink flink() {
    return flink;
  }

  /** Lets the Flink operator leave everything alone, or look after it again. */
  public void flinkAway(boolean is) {
    flink.away(Neighbour.EVERYWHERE, is);
  }

  /** What Kafka holds of a tenant: records by topic. */
  public Map<String, Long> recordsInKafka(String tenant) {
    return topics.records(tenant + ".");
  }

  QuickFlinkRest rest() {
    return rest;
  }

  /** Lets the kubelet leave everything alone, or look after it again. */
  public void podsAway(boolean is) {
    pods.away(Neighbour.EVERYWHERE, is);
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
