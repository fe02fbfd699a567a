package dev.millrace.e2e.fault;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The lives of reliability.md §5, A2. */
final class Lifecycles {
  static final Step CREATE =
      new Step("create", subject -> subject.create(pipeline("Retain")), ready("Running"));
  static final Step CREATE_TO_DELETE =
      new Step("create", subject -> subject.create(pipeline("Delete")), ready("Running"));
  static final Step SCALE =
      new Step("scale", patch("{\"spec\":{\"stream\":{\"parallelism\":2}}}"), ready("Running"));
  static final Step NEW_VERSION =
      new Step("new version", Lifecycles::addFeature, Lifecycles::servesVersionTwo);
  static final Step SUSPEND =
      new Step("suspend", patch("{\"spec\":{\"suspend\":true}}"), ready("Suspended"));
  static final Step RESUME =
      new Step("resume", patch("{\"spec\":{\"suspend\":false}}"), ready("Running"));
  static final Step DELETE = new Step("delete", Subject::delete, Subject::isGone);

  /** From creation to deletion with everything kept. */
  static final Lifecycle RETAIN =
      new Lifecycle(
          "create, scale, new version, suspend, resume, delete (Retain)",
          true,
          List.of(CREATE, SCALE, NEW_VERSION, SUSPEND, RESUME, DELETE));

  /** Everything is to go with it. */
  static final Lifecycle DELETE_ALL =
      new Lifecycle("create, delete (Delete)", false, List.of(CREATE_TO_DELETE, DELETE));

  /** The shortest that has creation, change and deletion. */
  static final Lifecycle SHORT =
      new Lifecycle("create, scale, delete (Retain)", true, List.of(CREATE, SCALE, DELETE));

  private Lifecycles() {}

  private static Consumer<Subject> patch(String json) {
    return subject -> subject.patch(json);
  }

  private static Predicate<Subject> ready(String reason) {
    return subject -> subject.isReady(reason);
  }

  private static void addFeature(Subject subject) {
    subject.patchList(
        """
        [{"op": "add", "path": "/spec/version", "value": 2},
         {"op": "add", "path": "/spec/entities/0/features/-",
          "value": {"name": "amount_max", "aggregation": "Max", "value": "amount",
                    "windows": ["1h"]}}]
        """);
  }

  private static boolean servesVersionTwo(Subject subject) {
    return subject.isReady("Running")
        && subject.read().at("/status/definition/servedVersion").asInt() == 2;
  }

  private static String pipeline(String deletionPolicy) {
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
          online: {managed: {memory: 256Mi, storage: 1Gi}}
          stream: {parallelism: 1}
        """
        .formatted(deletionPolicy);
  }
}
