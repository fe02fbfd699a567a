package dev.millrace.local.actor.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a change of the spec costs (neighbours.md §2.2).
 *
 * @param upgrades differences that need a restart, each as {@code path : before -> after}
 * @param redeploys whether {@code savepointRedeployNonce} asks for a start from another savepoint
 */
record FlinkSpecChange(List<String> upgrades, boolean redeploys) {
  private static final Set<String> FREE =
      Set.of(
          "job.upgradeMode",
          "job.allowNonRestoredState",
          "job.initialSavepointPath",
          "job.savepointTriggerNonce",
          "job.checkpointTriggerNonce",
          "job.savepointRedeployNonce");
  private static final List<String> FREE_OPTIONS =
      List.of("kubernetes.operator", "job.autoscaler", "parallelism.default");
  private static final String OPTIONS = "flinkConfiguration.";

  static FlinkSpecChange between(FlinkSpec before, FlinkSpec after) {
    var upgrades = new ArrayList<String>();
    compare("", before.node(), after.node(), upgrades);
    JsonNode nonce = after.node().path("job").path("savepointRedeployNonce");
    boolean redeploys =
        !nonce.isMissingNode()
            && !nonce.isNull()
            && !nonce.equals(before.node().path("job").path("savepointRedeployNonce"));
    return new FlinkSpecChange(List.copyOf(upgrades), redeploys);
  }

  boolean isUpgrade() {
    return redeploys || !upgrades.isEmpty();
  }

  /** Text of the event. */
  String text() {
    return "UPGRADE change(s) detected (Diff: FlinkDeploymentSpec["
        + String.join(", ", upgrades)
        + "]), starting reconciliation.";
  }

  private static void compare(
      String path, JsonNode before, JsonNode after, List<String> differences) {
    if (before.equals(after) || isFree(path)) {
      return;
    }
    boolean descend = isObjectOrAbsent(before) && isObjectOrAbsent(after);
    if (!descend) {
      boolean nonceTakenAway = path.equals("restartNonce") && isAbsent(after);
      if (!nonceTakenAway && !isDefault(path, before, after)) {
        differences.add(path + " : " + text(before) + " -> " + text(after));
      }
      return;
    }
    var fields = new TreeSet<String>();
    before.fieldNames().forEachRemaining(fields::add);
    after.fieldNames().forEachRemaining(fields::add);
    for (String field : fields) {
      String inner = path.isEmpty() ? field : path + "." + field;
      compare(inner, before.path(field), after.path(field), differences);
    }
  }

  private static boolean isFree(String path) {
    return FREE.contains(path)
        || path.startsWith(OPTIONS)
            && FREE_OPTIONS.stream().anyMatch(path.substring(OPTIONS.length())::startsWith);
  }

  /** The note of an attempt always has a state; a spec may leave it out. */
  private static boolean isDefault(String path, JsonNode before, JsonNode after) {
    return path.equals("job.state")
        && before.asText("running").equals("running")
        && after.asText("running").equals("running");
  }

  private static boolean isObjectOrAbsent(JsonNode node) {
    return node.isObject() || node.isMissingNode();
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static String text(JsonNode node) {
    return isAbsent(node) ? "null" : node.isValueNode() ? node.asText() : node.toString();
  }
}
