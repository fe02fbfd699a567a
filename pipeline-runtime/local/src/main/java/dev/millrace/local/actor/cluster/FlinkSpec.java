package dev.millrace.local.actor.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** The spec of a FlinkDeployment as JSON, with the questions its operator asks. */
record FlinkSpec(JsonNode node) {
  static final String SUSPENDED = "suspended";
  static final String STATELESS = "stateless";
  static final String LAST_STATE = "last-state";
  static final String SAVEPOINT = "savepoint";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static FlinkSpec of(GenericKubernetesResource deployment) {
    return new FlinkSpec(MAPPER.valueToTree(deployment.getAdditionalProperties().get("spec")));
  }

  boolean isSuspended() {
    return job("state", "running").equals(SUSPENDED);
  }

  String upgradeMode() {
    return job("upgradeMode", STATELESS);
  }

  String initialSavepointPath() {
    return job("initialSavepointPath", "");
  }

  int parallelism() {
    return node.path("job").path("parallelism").asInt(0);
  }

  String option(String key, String otherwise) {
    return node.path("flinkConfiguration").path(key).asText(otherwise);
  }

  /** With high availability a lost JobManager is recovered from its last checkpoint. */
  boolean hasHighAvailability() {
    String type = option("high-availability.type", option("high-availability", "none"));
    return !type.equalsIgnoreCase("none");
  }

  boolean savepointsOnDeletion() {
    return option("kubernetes.operator.job.savepoint-on-deletion", "false").equals("true");
  }

  boolean fallsBackToLastState() {
    return option("kubernetes.operator.job.upgrade.last-state-fallback.enabled", "true")
        .equals("true");
  }

  /** TaskManagers that the job's parallelism needs. */
  int taskManagers() {
    int slots = Integer.parseInt(option("taskmanager.numberOfTaskSlots", "1"));
    return (parallelism() + slots - 1) / slots;
  }

  /** The same spec as its operator notes it after an attempt. */
  FlinkSpec noted(String state, String upgradeMode) {
    ObjectNode copy = node.deepCopy();
    copy.withObject("/job").put("state", state).put("upgradeMode", upgradeMode);
    return new FlinkSpec(copy);
  }

  private String job(String field, String otherwise) {
    return node.path("job").path(field).asText(otherwise);
  }
}
