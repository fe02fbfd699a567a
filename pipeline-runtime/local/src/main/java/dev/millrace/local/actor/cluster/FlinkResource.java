package dev.millrace.local.actor.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A FlinkDeployment during one pass: what was read, what has been written since, its events. */
final class FlinkResource {
  private final ObjectWrites<GenericKubernetesResource> writes;
  private final GenericKubernetesResource object;
  private final FlinkEvents events;
  private FlinkStatus written;

  FlinkResource(
      ObjectWrites<GenericKubernetesResource> writes,
      GenericKubernetesResource object,
      FlinkEvents events) {
    this.writes = writes;
    this.object = object;
    this.events = events;
    written = FlinkStatus.of(object);
  }

  ObjectKey key() {
    return ObjectKey.of(object);
  }

  GenericKubernetesResource object() {
    return object;
  }

  FlinkSpec spec() {
    return FlinkSpec.of(object);
  }

  long generation() {
    return object.getMetadata().getGeneration();
  }

  FlinkEvents events() {
    return events;
  }

  /** The status as it was read or last written. */
  FlinkStatus status() {
    return written;
  }

  /** Writes a status with the lifecycle that follows from it, if anything differs. */
  FlinkStatus write(FlinkStatus next) {
    FlinkStatus complete = next.with("/lifecycleState", FlinkLifecycle.of(next)).normalised();
    if (!complete.node().equals(written.node())) {
      writes.status(
          current -> {
            current.setAdditionalProperty("status", complete.node());
            return current;
          });
      written = complete;
    }
    return written;
  }

  /** The conditions follow at the end of a pass, one write after the state that they show. */
  void writeConditions() {
    String state = written.jobState();
    String shown = written.node().at("/conditions/0/message").asText();
    String message = "Job status " + state;
    if (state.isEmpty() || shown.equals(message)) {
      return;
    }
    Map<String, String> condition = new LinkedHashMap<>();
    condition.put("type", "Running");
    condition.put("status", state.equals(FlinkStatus.RUNNING) ? "True" : "False");
    condition.put("reason", state.charAt(0) + state.substring(1).toLowerCase(Locale.ROOT));
    condition.put("message", message);
    condition.put("lastTransitionTime", Instant.now().toString());
    var next = written.node().deepCopy();
    next.putPOJO("conditions", List.of(condition));
    write(new FlinkStatus(next));
  }
}
