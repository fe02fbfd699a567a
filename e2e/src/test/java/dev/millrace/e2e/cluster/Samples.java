package dev.millrace.e2e.cluster;

/** Resources of the tests, to be made in some namespace. */
public final class Samples {
  /** Name of the pipelines, where nothing else is asked for. */
  public static final String PIPELINE = "card-fraud";

  /** Name of the LabelWindows, where nothing else is asked for. */
  public static final String WINDOW = "chargeback";

  private static final String OWN_STORE = "{managed: {memory: 256Mi, storage: 1Gi}}";

  private Samples() {}

  /** As little as a pipeline can say. */
  public static String plainPipeline(String name) {
    return pipeline(name, "", "", "");
  }

  /**
   * Sizes in forms that a server writes otherwise, a store of its own, settings in any order, and a
   * list in another one than the plain pipeline's.
   */
  public static String oddPipeline(String name) {
    return pipeline(
        name,
        ", retention: 1440h, config: {segment.ms: 3600000, min.insync.replicas: 2,"
            + " compression.type: lz4}",
        "",
        """
          online: {managed: {memory: 1024Mi, storage: 2048Mi}}
          offline: {retention: 400d}
          stream:
            parallelism: 1
            checkpointInterval: 60s
            jobManager: {memory: 2048Mi, cpu: 1500m}
            taskManager: {cpu: "2.0", memory: 1536Mi, slots: 1}
        """);
  }

  /** A small pipeline at the registered store. */
  public static String pipeline(String deletionPolicy) {
    return small(deletionPolicy, "3d", "{}");
  }

  /** A small pipeline with a store of its own. */
  public static String managedRedis(String deletionPolicy) {
    return small(deletionPolicy, "3d", OWN_STORE);
  }

  /** The same with data of so many days that shorter retentions lose some. */
  public static String longKept(String deletionPolicy) {
    return small(deletionPolicy, "60d", OWN_STORE) + "  offline: {retention: 400d}\n";
  }

  private static String small(String deletionPolicy, String retention, String online) {
    return pipeline(
        PIPELINE,
        ", partitions: 2, replicas: 1, retention: " + retention,
        "    deduplication: {horizon: 2h}\n",
        """
          version: 1
          deletionPolicy: %s
          online: %s
          stream: {parallelism: 1}
        """
            .formatted(deletionPolicy, online));
  }

  private static String pipeline(String name, String topic, String source, String more) {
    return """
        apiVersion: millrace.dev/v1alpha1
        kind: FeaturePipeline
        metadata: {name: %s}
        spec:
          source:
            topic: {name: payments.tx%s}
            eventId: tx_id
            eventTime: {field: ts}
            schema:
            - {name: tx_id, type: String}
            - {name: card_id, type: String}
            - {name: shop_id, type: String}
            - {name: ts, type: Timestamp}
            - {name: amount, type: Decimal, scale: 2}
        %s  entities:
          - name: card
            keys: [card_id]
            features:
            - {name: tx_count, aggregation: Count, windows: [5m, 1h, 24h]}
            - {name: amount_sum, aggregation: Sum, value: amount, windows: [1h]}
        %s"""
        .formatted(name, topic, source, more);
  }

  /** As little as a LabelWindow can say. */
  public static String plainWindow(String name, String pipeline) {
    return window(name, pipeline, "", "");
  }

  /** Executors of odd sizes, a surrogate with a topic of its own, another time zone. */
  public static String oddWindow(String name, String pipeline) {
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

  /** A small LabelWindow on the small pipeline. */
  public static String window(String deletionPolicy) {
    return window(
            WINDOW,
            PIPELINE,
            "    history: {from: \"2026-01-01\"}\n",
            """
              deletionPolicy: %s
              anchor: {where: "amount > 0.0"}
            """
                .formatted(deletionPolicy))
        .replace("attributionWindow: 45d", "attributionWindow: 1d")
        .replace("{name: chargebacks}", "{name: chargebacks, partitions: 1, replicas: 1}");
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
  public static String withTopicsOfItsOwn(String yaml, int number) {
    return yaml.replaceAll("name: (payments.tx|chargebacks|disputes)\\b", "name: $1-" + number);
  }

  /** The same with topics in the Kafka that {@link QuickCluster#ALPHA} has for itself. */
  public static String onOwnKafka(String yaml) {
    return yaml.replaceAll("(?m)^( *)topic: \\{", "$1connection: alpha\n$1topic: {");
  }
}
