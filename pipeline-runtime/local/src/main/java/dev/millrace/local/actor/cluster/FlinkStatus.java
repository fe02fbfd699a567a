package dev.millrace.local.actor.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/** Status of a FlinkDeployment (neighbours.md §2.5); each change makes a new one. */
record FlinkStatus(ObjectNode node) {
  static final String READY = "READY";
  static final String DEPLOYED_NOT_READY = "DEPLOYED_NOT_READY";
  static final String DEPLOYING = "DEPLOYING";
  static final String MISSING = "MISSING";
  static final String ERROR = "ERROR";
  static final String UPGRADING = "UPGRADING";
  static final String DEPLOYED = "DEPLOYED";
  static final String RUNNING = "RUNNING";
  static final String RECONCILING = "RECONCILING";
  static final String FINISHED = "FINISHED";
  static final String FAILED = "FAILED";
  static final String LAST_STATE_SENTINEL = "KUBERNETES_OPERATOR_LAST_STATE";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String RECONCILIATION = "/reconciliationStatus/";

  static FlinkStatus of(GenericKubernetesResource deployment) {
    JsonNode status = MAPPER.valueToTree(deployment.getAdditionalProperties().get("status"));
    return new FlinkStatus(
            status instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode())
        .normalised();
  }

  String jobManager() {
    return node.path("jobManagerDeploymentStatus").asText(MISSING);
  }

  String jobState() {
    return job("state");
  }

  String jobId() {
    return job("jobId");
  }

  /** Where the next start restores from: a path, the sentinel of the last state, or empty. */
  String savepointPath() {
    return job("upgradeSavepointPath");
  }

  String error() {
    return node.path("error").asText("");
  }

  String reconciliation() {
    return node.path("reconciliationStatus").path("state").asText(UPGRADING);
  }

  long observedGeneration() {
    return node.path("observedGeneration").asLong(-1);
  }

  boolean isTerminal() {
    return jobState().equals(FINISHED)
        || jobState().equals(FAILED)
        || jobState().equals("CANCELED");
  }

  /** The spec of the last attempt; empty before the first. */
  Optional<FlinkSpec> lastSpec() {
    String text = node.path("reconciliationStatus").path("lastReconciledSpec").asText("");
    return text.isEmpty() ? Optional.empty() : Optional.of(new FlinkSpec(parse(text).path("spec")));
  }

  FlinkStatus jobManager(String value) {
    return with("/jobManagerDeploymentStatus", value);
  }

  FlinkStatus jobState(String value) {
    return with("/jobStatus/state", value);
  }

  FlinkStatus savepointPath(String value) {
    return with("/jobStatus/upgradeSavepointPath", value);
  }

  /** Sets the error; empty clears it. */
  FlinkStatus error(String value) {
    return with("/error", value);
  }

  /** Notes a spec as the one of the attempt that is made. */
  FlinkStatus attempt(String state, long generation, FlinkSpec spec) {
    ObjectNode copy = node.deepCopy();
    copy.put("observedGeneration", generation);
    copy.withObject("/reconciliationStatus")
        .put("reconciliationTimestamp", System.currentTimeMillis());
    var next = new FlinkStatus(copy).with(RECONCILIATION + "state", state);
    return next.with(RECONCILIATION + "lastReconciledSpec", text(spec));
  }

  /** Before the first deployment again: what its operator does when that one fails. */
  FlinkStatus withoutAttempt() {
    return with(RECONCILIATION + "lastReconciledSpec", "");
  }

  /** The spec of the last attempt is the stable one from the first time its job runs. */
  FlinkStatus stable() {
    String last = node.path("reconciliationStatus").path("lastReconciledSpec").asText("");
    return with(RECONCILIATION + "lastStableSpec", last);
  }

  FlinkStatus taskManagers(String deployment, int count) {
    ObjectNode copy = node.deepCopy();
    String selector = count == 0 ? "" : "component=taskmanager,app=" + deployment;
    copy.withObject("/taskManager").put("labelSelector", selector).put("replicas", count);
    return new FlinkStatus(copy);
  }

  /** Sets a text at a JSON pointer; empty removes it. */
  FlinkStatus with(String pointer, String value) {
    ObjectNode copy = node.deepCopy();
    int cut = pointer.lastIndexOf('/');
    ObjectNode parent = cut == 0 ? copy : copy.withObject(pointer.substring(0, cut));
    String field = pointer.substring(cut + 1);
    if (value.isEmpty()) {
      parent.remove(field);
    } else {
      parent.put(field, value);
    }
    return new FlinkStatus(copy);
  }

  /** The same as plain JSON nodes, so that it can be compared. */
  FlinkStatus normalised() {
    return new FlinkStatus((ObjectNode) parse(node.toString()));
  }

  private String job(String field) {
    return node.path("jobStatus").path(field).asText("");
  }

  private static String text(FlinkSpec spec) {
    ObjectNode noted = MAPPER.createObjectNode();
    noted.set("spec", spec.node());
    noted
        .putObject("resource_metadata")
        .put("apiVersion", "flink.apache.org/v1beta1")
        .put("firstDeployment", false);
    return noted.toString();
  }

  private static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the spec that its operator noted is no JSON: " + text, e);
    }
  }
}
