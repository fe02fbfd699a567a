package dev.millrace.e2e.fault;

import dev.millrace.e2e.cluster.Samples;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The lives of reliability.md §5, A2. */
final class Lifecycles {
  static final Step CREATE = new Step("create", create("Retain"), ready("Running"));
  static final Step CREATE_TO_DELETE =
      new Step("create with Delete", create("Delete"), ready("Running"));
  static final Step SCALE =
      new Step("scale", patch("{\"spec\":{\"stream\":{\"parallelism\":2}}}"), ready("Running"));
  static final Step UPGRADE =
      new Step("upgrade", Lane::upgrade, ready("Running").and(Lane::isUpgraded));
  static final Step NEW_VERSION =
      new Step(
          "new version",
          Lifecycles::addFeature,
          lane -> lane.subject().reason().equals("Replaying"));
  static final Step SWITCH =
      new Step("its switch", lane -> lane.holdReplay(false), Lifecycles::servesVersionTwo);
  static final Step SUSPEND =
      new Step("suspend", patch("{\"spec\":{\"suspend\":true}}"), ready("Suspended"));
  static final Step RESUME =
      new Step("resume", patch("{\"spec\":{\"suspend\":false}}"), ready("Running"));
  static final Step SHORTER_RETENTION =
      new Step(
          "shorter retention",
          patch("{\"spec\":{\"source\":{\"topic\":{\"retention\":\"2d\"}}}}"),
          Lifecycles::wantsApproval);
  static final Step APPROVAL = new Step("its approval", Lifecycles::approve, ready("Running"));
  static final Step DELETE = new Step("delete", lane -> lane.subject().delete(), gone());
  static final Step DELETE_ALL = new Step("delete with Delete", DELETE.action(), gone());

  /** All of them: between them every change that a pipeline can go through. */
  static final List<Lifecycle> ALL =
      List.of(
          new Lifecycle("retention", true, List.of(CREATE, SHORTER_RETENTION, APPROVAL, DELETE)),
          new Lifecycle("upgrade", true, List.of(CREATE, SCALE, UPGRADE, DELETE)),
          new Lifecycle("next version", true, List.of(CREATE, NEW_VERSION, SWITCH, DELETE)),
          new Lifecycle("rest", true, List.of(CREATE, SUSPEND, RESUME, DELETE)),
          new Lifecycle("all goes", false, List.of(CREATE_TO_DELETE, DELETE_ALL)));

  /** The shortest that has creation, change and deletion. */
  static final Lifecycle SHORT = new Lifecycle("short", true, List.of(CREATE, SCALE, DELETE));

  private Lifecycles() {}

  private static Consumer<Lane> create(String deletionPolicy) {
    return lane -> lane.subject().create(Samples.managedRedis(deletionPolicy));
  }

  private static Consumer<Lane> patch(String json) {
    return lane -> lane.subject().patch(json);
  }

  private static Predicate<Lane> ready(String reason) {
    return lane -> lane.subject().isReady(reason);
  }

  private static Predicate<Lane> gone() {
    return lane -> lane.subject().isGone();
  }

  private static void addFeature(Lane lane) {
    lane.holdReplay(true);
    lane.subject()
        .patchList(
            """
            [{"op": "add", "path": "/spec/version", "value": 2},
             {"op": "add", "path": "/spec/entities/0/features/-",
              "value": {"name": "amount_max", "aggregation": "Max", "value": "amount",
                        "windows": ["1h"]}}]
            """);
  }

  private static boolean servesVersionTwo(Lane lane) {
    return lane.subject().isReady("Running")
        && lane.subject().read().at("/status/definition/servedVersion").asInt() == 2;
  }

  private static boolean wantsApproval(Lane lane) {
    return lane.subject().reason().equals("ApprovalRequired")
        && !lane.subject().read().at("/status/plan/hash").asText().isEmpty();
  }

  private static void approve(Lane lane) {
    var hash = lane.subject().read().at("/status/plan/hash").asText();
    lane.subject().patch("{\"spec\":{\"rollout\":{\"approvedPlan\":\"" + hash + "\"}}}");
  }
}
