package dev.millrace.e2e.loss;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.e2e.fault.Kinds;
import dev.millrace.e2e.fault.Subject;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Somebody with kubectl in one namespace, and what the namespace holds. */
final class Tenant {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final LossCluster cluster;
  private final String namespace;
  private final Subject pipeline;

  Tenant(LossCluster cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
    pipeline = new Subject(cluster.client(), namespace);
  }

  String namespace() {
    return namespace;
  }

  Subject pipeline() {
    return pipeline;
  }

  Data data() {
    return Data.of(cluster, namespace);
  }

  /** Creates the pipeline with a store of its own and waits until it runs. */
  Tenant create(String deletionPolicy) {
    pipeline.create(yaml(deletionPolicy));
    awaitRunning();
    return this;
  }

  void awaitRunning() {
    until("running", object -> pipeline.isReady("Running"));
  }

  /** Deletes it and waits for its end. */
  void delete() {
    pipeline.delete();
    awaitGone();
  }

  void awaitGone() {
    until("gone", JsonNode::isMissingNode);
  }

  /** Waits until a change is refused; its text. */
  String refusal() {
    until(
        "refused",
        object ->
            condition(object, "SpecValid").path("status").asText().equals("False")
                && condition(object, "SpecValid")
                    .path("observedGeneration")
                    .equals(object.at("/metadata/generation")));
    return condition(pipeline.read(), "SpecValid").path("message").asText();
  }

  void until(String what, Predicate<JsonNode> wanted) {
    await(namespace + " " + what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              if (!wanted.test(pipeline.read())) {
                throw new AssertionError("not " + what + ": " + pipeline.summary());
              }
            });
  }

  /** Messages of the Events with that reason. */
  List<String> events(String reason) {
    return events(namespace, reason);
  }

  List<String> events(String where, String reason) {
    return cluster.client().v1().events().inNamespace(where).list().getItems().stream()
        .filter(event -> event.getReason().equals(reason))
        .map(Event::getMessage)
        .toList();
  }

  NetworkPolicy policy() {
    return cluster
        .client()
        .network()
        .v1()
        .networkPolicies()
        .inNamespace(namespace)
        .withName(Subject.NAME + "-stream")
        .get();
  }

  int jobs() {
    return pipeline.children(Kinds.FLINK).size();
  }

  static JsonNode condition(JsonNode object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  private static String yaml(String deletionPolicy) {
    return """
        apiVersion: millrace.dev/v1alpha1
        kind: FeaturePipeline
        metadata: {name: card-fraud}
        spec:
          version: 1
          deletionPolicy: %s
          source:
            topic: {name: payments.tx, partitions: 2, replicas: 1, retention: 60d}
            eventId: tx_id
            eventTime: {field: ts}
            schema:
            - {name: tx_id, type: String}
            - {name: card_id, type: String}
            - {name: ts, type: Timestamp}
            - {name: amount, type: Decimal, scale: 2}
          entities:
          - name: card
            keys: [card_id]
            features:
            - {name: tx_count, aggregation: Count, windows: [5m, 1h]}
          online: {managed: {memory: 256Mi, storage: 1Gi}}
          offline: {retention: 400d}
          stream: {parallelism: 1}
        """
        .formatted(deletionPolicy);
  }
}
