package dev.millrace.e2e.steady;

/** Resources of these tests, to be made in some namespace. */
final class Samples {
  static final String PIPELINE = "card-fraud";
  static final String WINDOW = "chargeback";

  private Samples() {}

  /** As little as a pipeline can say. */
  static String plainPipeline(String name) {
    return pipeline(name, "");
  }

  /**
   * Sizes in forms that a server writes otherwise, a store of its own, settings in any order, and a
   * list in another one than the plain pipeline's.
   */
  static String oddPipeline(String name) {
    return pipeline(
            name,
            """
              online: {managed: {memory: 1024Mi, storage: 2048Mi}}
              offline: {retention: 400d}
              stream:
                parallelism: 1
                checkpointInterval: 60s
                jobManager: {memory: 2048Mi, cpu: 1500m}
                taskManager: {cpu: "2.0", memory: 1536Mi, slots: 1}
            """)
        .replace(
            "topic: {name: payments.tx}",
            "topic: {name: payments.tx, retention: 1440h, config: {segment.ms: 3600000,"
                + " min.insync.replicas: 2, compression.type: lz4}}");
  }

  private static String pipeline(String name, String more) {
    return """
        apiVersion: millrace.dev/v1alpha1
        kind: FeaturePipeline
        metadata: {name: %s}
        spec:
          source:
            topic: {name: payments.tx}
            eventId: tx_id
            eventTime: {field: ts}
            schema:
            - {name: tx_id, type: String}
            - {name: card_id, type: String}
            - {name: shop_id, type: String}
            - {name: ts, type: Timestamp}
            - {name: amount, type: Decimal, scale: 2}
          entities:
          - name: card
            keys: [card_id]
            features:
            - {name: tx_count, aggregation: Count, windows: [5m, 1h, 24h]}
            - {name: amount_sum, aggregation: Sum, value: amount, windows: [1h]}
        %s"""
        .formatted(name, more);
  }

  /** As little as a LabelWindow can say. */
  static String plainWindow(String name, String pipeline) {
    return window(name, pipeline, "", "");
  }

  /** Executors of odd sizes, a surrogate with a topic of its own, another time zone. */
  static String oddWindow(String name, String pipeline) {
    return window(
        name,
        pipeline,
        """
            timeZone: Europe/Berlin
            timeout: 90m
            spark:
              executors: 2
              driver: {cpu: "1.0", memory: 1024Mi}
              executor: {cpu: 1500m, memory: 3072Mi}
        """,
        """
          surrogates:
          - name: disputed_24h
            source:
              topic: {name: disputes, retention: 720h}
              eventId: dispute_id
              eventTime: {field: opened_at}
              schema:
              - {name: dispute_id, type: String}
              - {name: card_id, type: String}
              - {name: opened_at, type: Timestamp}
            match: {entity: card}
            attributionWindow: 24h
        """);
  }

  private static String window(String name, String pipeline, String extract, String more) {
    return """
        apiVersion: millrace.dev/v1alpha1
        kind: LabelWindow
        metadata: {name: %s}
        spec:
          pipelineRef: {name: %s}
          label:
            name: is_fraud
            source:
              topic: {name: chargebacks}
              eventId: cb_id
              eventTime: {field: received_at}
              schema:
              - {name: cb_id, type: String}
              - {name: tx_id, type: String}
              - {name: received_at, type: Timestamp}
            match: {anchor: tx_id, label: tx_id}
          attributionWindow: 45d
          extract:
            schedule: "15 2 1 1 *"
        %s%s"""
        .formatted(name, pipeline, extract, more);
  }

  /** The same with topics that no other resource of the namespace has. */
  static String withTopicsOfItsOwn(String yaml, int number) {
    return yaml.replaceAll("name: (payments.tx|chargebacks|disputes)\\b", "name: $1-" + number);
  }
}
