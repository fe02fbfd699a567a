package dev.millrace.e2e.steady;

import dev.millrace.e2e.neighbour.Kinds;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that somebody else does to a child.
 *
 * @param effect what is to become of it
 * @param patch JSON merge patch; empty for a deletion
 */
record Drift(Effect effect, String patch) {
  /** What is to become of a change. */
  enum Effect {
    /** It touches a field that we set: taken back. */
    RESTORED,
    /** It touches a field that we do not set: kept. */
    KEPT,
    /** The child is deleted: made again as it was. */
    MADE_AGAIN
  }

  /** Kinds that hold data are never deleted here, which is another story (reliability.md §2). */
  private static final List<ResourceDefinitionContext> HOLD_DATA =
      List.of(Kinds.TOPIC, Kinds.SECRET);

  /** All that can happen to a child of a kind. */
  static List<Drift> of(ResourceDefinitionContext kind) {
    var all = new ArrayList<Drift>();
    edits(kind).forEach(patch -> all.add(new Drift(Effect.RESTORED, patch)));
    additions(kind).forEach(patch -> all.add(new Drift(Effect.KEPT, patch)));
    if (!HOLD_DATA.contains(kind)) {
      all.add(new Drift(Effect.MADE_AGAIN, ""));
    }
    return all;
  }

  private static List<String> edits(ResourceDefinitionContext kind) {
    var patches =
        new ArrayList<>(
            switch (kind.getKind()) {
              case "FlinkDeployment" ->
                  List.of(
                      "{'spec': {'job': {'parallelism': 7}}}",
                      "{'spec': {'job': {'state': 'suspended'}}}",
                      "{'spec': {'image': 'example.org/other:1'}}",
                      "{'spec': {'flinkConfiguration': {'web.submit.enable': 'true'}}}",
                      "{'spec': {'flinkConfiguration': {'execution.checkpointing.mode': null}}}",
                      "{'spec': {'jobManager': {'resource': {'memory': '4Gi'}}}}",
                      "{'spec': {'podTemplate': {'spec': {'volumes': []}}}}");
              case "CronJob" ->
                  List.of(
                      "{'spec': {'schedule': '0 0 1 2 *'}}",
                      "{'spec': {'suspend': true}}",
                      "{'spec': {'concurrencyPolicy': 'Allow'}}",
                      "{'spec': {'startingDeadlineSeconds': null}}",
                      "{'spec': {'jobTemplate': {'spec': {'backoffLimit': 9}}}}",
                      "{'spec': {'jobTemplate': {'spec': {'podFailurePolicy': null}}}}");
              case "StatefulSet" ->
                  List.of(
                      "{'spec': {'replicas': 2}}",
                      "{'spec': {'template': {'spec': {'automountServiceAccountToken': true}}}}",
                      "{'spec': {'template': {'spec': {'securityContext': {'runAsUser': 1000}}}}}");
              case "Service" ->
                  List.of(
                      "{'spec': {'selector': {'millrace.dev/component': 'stream'}}}",
                      "{'spec': {'ports': []}}");
              case "NetworkPolicy" ->
                  List.of(
                      "{'spec': {'policyTypes': ['Ingress']}}",
                      "{'spec': {'podSelector': {'matchLabels': {'example.org/app': 'other'}}}}");
              case "KafkaTopic" ->
                  List.of(
                      "{'spec': {'config': {'retention.ms': '1000'}}}",
                      "{'spec': {'config': {'message.timestamp.type': null}}}",
                      "{'spec': {'replicas': 1}}",
                      "{'metadata': {'labels': {'strimzi.io/cluster': 'other'}}}");
              default -> List.<String>of();
            });
    if (!HOLD_DATA.contains(kind)) {
      patches.add("{'metadata': {'labels': {'app.kubernetes.io/managed-by': null}}}");
      patches.add("{'metadata': {'labels': {'millrace.dev/namespace': 'elsewhere'}}}");
      patches.add("{'metadata': {'labels': {'millrace.dev/owner-uid': 'somebody'}}}");
      patches.add("{'metadata': {'ownerReferences': null}}");
    }
    return quoted(patches);
  }

  private static List<String> additions(ResourceDefinitionContext kind) {
    var patches =
        new ArrayList<>(
            switch (kind.getKind()) {
              case "FlinkDeployment" ->
                  List.of(
                      "{'spec': {'logConfiguration': {'log4j.properties': 'x'}}}",
                      "{'spec': {'flinkConfiguration': {'metrics.latency.interval': '1 s'}}}");
              case "CronJob" ->
                  List.of("{'spec': {'jobTemplate': {'spec': {'ttlSecondsAfterFinished': 600}}}}");
              case "StatefulSet" -> List.of("{'spec': {'minReadySeconds': 1}}");
              case "Service" -> List.of("{'spec': {'publishNotReadyAddresses': true}}");
              case "KafkaTopic" ->
                  List.of("{'spec': {'config': {'max.compaction.lag.ms': '60000'}}}");
              default -> List.<String>of();
            });
    patches.add("{'metadata': {'labels': {'example.org/team': 'fraud'}}}");
    patches.add("{'metadata': {'annotations': {'example.org/note': 'seen'}}}");
    return quoted(patches);
  }

  private static List<String> quoted(List<String> patches) {
    return patches.stream().map(patch -> patch.replace('\'', '"')).toList();
  }
}
