package dev.millrace.e2e.security;

/** Resources of these tests. */
final class Samples {
  private Samples() {}

  /** A pipeline with a store of its own. */
  static String managedRedis(String deletionPolicy) {
    return pipeline(deletionPolicy, "{managed: {memory: 256Mi, storage: 1Gi}}");
  }

  /** A pipeline at the registered store. */
  static String pipeline(String deletionPolicy) {
    return pipeline(deletionPolicy, "{}");
  }

  private static String pipeline(String deletionPolicy, String online) {
    return """
        apiVersion: millrace.dev/v1alpha1
        kind: FeaturePipeline
        metadata: {name: card-fraud}
        spec:
          version: 1
          deletionPolicy: %s
          source:
            topic: {name: payments.tx, partitions: 2, replicas: 1, retention: 3d}
            eventId: tx_id
            eventTime: {field: ts}
            schema:
            - {name: tx_id, type: String}
            - {name: card_id, type: String}
            - {name: ts, type: Timestamp}
            - {name: amount, type: Decimal, scale: 2}
            deduplication: {horizon: 2h}
          entities:
          - name: card
            keys: [card_id]
            features:
            - {name: tx_count, aggregation: Count, windows: [5m, 1h]}
          online: %s
          stream: {parallelism: 1}
        """
        .formatted(deletionPolicy, online);
  }

  /** A pipeline that reads a topic of somebody else's. */
  static String foreignTopic(String topic) {
    return pipeline("Retain")
        .replace("name: card-fraud", "name: reader")
        .replaceAll("topic: \\{.*}", "topic: {name: " + topic + ", managed: false}");
  }

  /** The same with topics in the Kafka that {@link SecuredCluster#ALPHA} has for itself. */
  static String onOwnKafka(String resource) {
    return resource.replaceAll("(?m)^( *)topic: \\{", "$1connection: alpha\n$1topic: {");
  }

  /** A pipeline whose annotations and labels speak to whoever may listen. */
  static String hostile() {
    return pipeline("Retain")
        .replace(
            "metadata: {name: card-fraud}",
            """
            metadata:
              name: hostile
              labels:
                app.kubernetes.io/managed-by: millrace
                millrace.dev/namespace: alpha
                millrace.dev/owner-uid: 5c1e0000-0000-4000-8000-000000000001
              annotations:
                strimzi.io/managed: "false"
                millrace.dev/namespace: alpha
                millrace.dev/approved-plan: "*"
                javaoperatorsdk.io/previous: '{"generation":"x"}'
                kubectl.kubernetes.io/last-applied-configuration: "{{{"
                example.org/text: "line\\nbreak ${env:HOME} $(id) {{ .Values }}"
            """
                .strip());
  }

  /** A LabelWindow on that pipeline. */
  static String window(String deletionPolicy) {
    return """
        apiVersion: millrace.dev/v1alpha1
        kind: LabelWindow
        metadata: {name: chargeback}
        spec:
          pipelineRef: {name: card-fraud}
          deletionPolicy: %s
          anchor: {where: "amount > 0.0"}
          label:
            name: is_fraud
            source:
              topic: {name: chargebacks, partitions: 1, replicas: 1}
              eventId: cb_id
              eventTime: {field: received_at}
              schema:
              - {name: cb_id, type: String}
              - {name: tx_id, type: String}
              - {name: received_at, type: Timestamp}
            match: {anchor: tx_id, label: tx_id}
          attributionWindow: 1d
          extract:
            schedule: "15 2 * * *"
            history: {from: "2026-01-01"}
        """
        .formatted(deletionPolicy);
  }
}
