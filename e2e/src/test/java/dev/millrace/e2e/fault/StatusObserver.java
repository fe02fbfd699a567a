package dev.millrace.e2e.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.e2e.neighbour.Json;
import dev.millrace.e2e.neighbour.Kinds;
import dev.millrace.gitops.Agreement;
import dev.millrace.gitops.ArgoHealth;
import dev.millrace.gitops.HealthStatus;
import dev.millrace.gitops.Kstatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Sees every status of a pipeline while others harm its operator (reliability.md §5, A19): the
 * status never runs ahead of the spec or the children, a transition time moves only when its status
 * flips, and Argo CD and kstatus agree on all of it.
 */
final class StatusObserver
    implements ResourceEventHandler<GenericKubernetesResource>, AutoCloseable {
  private final Subject subject;
  private final Set<String> violations = new TreeSet<>();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final SharedIndexInformer<GenericKubernetesResource> watch;
  private JsonNode before = MissingNode.getInstance();
  private int looks;

  StatusObserver(Subject subject, KubernetesClient client) {
    this.subject = subject;
    watch =
        client
            .genericKubernetesResources(Kinds.PIPELINE)
            .inNamespace(subject.namespace())
            .inform(this);
  }

  @Override
  public void onAdd(GenericKubernetesResource pipeline) {
    thread.execute(() -> look(pipeline));
  }

  @Override
  public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource pipeline) {
    thread.execute(() -> look(pipeline));
  }

  @Override
  public void onDelete(GenericKubernetesResource pipeline, boolean unknown) {
    // Its last status was judged when it was written.
  }

  /** Begins anew with the next pipeline. */
  synchronized void reset() {
    violations.clear();
    before = MissingNode.getInstance();
  }

  /** What was not true. */
  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** How many statuses it has judged. */
  synchronized int looks() {
    return looks;
  }

  @Override
  public void close() {
    watch.close();
    thread.shutdownNow();
  }

  private void look(GenericKubernetesResource pipeline) {
    try {
      judge(Json.tree(pipeline));
    } catch (KubernetesClientException e) {
      System.getLogger(StatusObserver.class.getName())
          .log(System.Logger.Level.DEBUG, "nothing to see", e);
    }
  }

  private synchronized void judge(JsonNode now) {
    looks++;
    long generation = now.at("/metadata/generation").asLong();
    if (now.at("/status/observedGeneration").asLong() > generation) {
      violations.add("observedGeneration is ahead of generation " + generation);
    }
    if (before.at("/metadata/uid").equals(now.at("/metadata/uid"))) {
      now.at("/status/conditions").forEach(this::transition);
    }
    var health = ArgoHealth.of(now);
    if (!Agreement.between(health, Kstatus.of(now))) {
      violations.add("Argo CD says " + health + ", kstatus " + Kstatus.of(now));
    }
    if (health.status() == HealthStatus.HEALTHY) {
      children(now);
    }
    before = now;
  }

  private void transition(JsonNode condition) {
    for (var old : before.at("/status/conditions")) {
      boolean same =
          old.path("type").equals(condition.path("type"))
              && old.path("status").equals(condition.path("status"));
      if (same && !old.path("lastTransitionTime").equals(condition.path("lastTransitionTime"))) {
        violations.add(condition.path("type").asText() + " moved its time without a flip");
      }
    }
  }

  /** Green means that every child is; judged only if nothing moved during the look. */
  private void children(JsonNode green) {
    var owner = green.at("/metadata/uid").asText();
    var unready = new TreeSet<String>();
    for (var kind : List.of(Kinds.TOPIC, Kinds.FLINK)) {
      for (var child : subject.children(kind)) {
        boolean ours = owner.equals(child.getMetadata().getLabels().get("millrace.dev/owner-uid"));
        // One that is going away belongs to the spec before.
        if (ours
            && child.getMetadata().getDeletionTimestamp() == null
            && !isReady(Json.tree(child))) {
          unready.add("green although not ready: " + Json.tree(child));
        }
      }
    }
    boolean still =
        subject
            .read()
            .at("/metadata/resourceVersion")
            .equals(green.at("/metadata/resourceVersion"));
    if (still) {
      violations.addAll(unready);
    }
  }

  private static boolean isReady(JsonNode child) {
    boolean current =
        child.at("/status/observedGeneration").equals(child.at("/metadata/generation"));
    var lifecycle = child.at("/status/lifecycleState").asText();
    boolean topic = child.path("kind").asText().equals("KafkaTopic");
    return current
        && (topic
            ? child.at("/status/conditions/0/type").asText().equals("Ready")
            : lifecycle.equals("STABLE") || lifecycle.equals("SUSPENDED"));
  }
}
