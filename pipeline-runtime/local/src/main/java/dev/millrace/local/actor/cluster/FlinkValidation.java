package dev.millrace.local.actor.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What the operator refuses; the first violation only (neighbours.md §2.4). */
final class FlinkValidation {
  private static final String NAME = "[a-z]([-a-z\\d]{0,43}[a-z\\d])?";
  private static final List<String> FORBIDDEN =
      List.of("kubernetes.namespace", "kubernetes.cluster-id", "high-availability.cluster-id");
  private static final String CHECKPOINTS = "execution.checkpointing.dir";
  private static final String SAVEPOINTS = "execution.checkpointing.savepoint-dir";

  private FlinkValidation() {}

  static Optional<String> violation(String name, FlinkSpec spec) {
    return name(name).or(() -> configuration(spec)).or(() -> job(spec)).or(() -> processes(spec));
  }

  private static Optional<String> name(String name) {
    return when(
        !name.matches(NAME),
        "The FlinkDeployment name: "
            + name
            + " is invalid, must consist of lower case alphanumeric characters or '-', start with"
            + " an alphabetic character, and end with an alphanumeric character (e.g. 'my-name', "
            + " or 'abc-123'), and the length must be no more than 45 characters.");
  }

  private static Optional<String> configuration(FlinkSpec spec) {
    return FORBIDDEN.stream()
        .filter(key -> spec.node().path("flinkConfiguration").has(key))
        .findFirst()
        .map(key -> "Forbidden Flink config key: " + key);
  }

  private static Optional<String> job(FlinkSpec spec) {
    String mode = spec.upgradeMode();
    if (spec.parallelism() < 1) {
      return Optional.of("Job parallelism must be larger than 0");
    }
    if (!mode.equals(FlinkSpec.STATELESS) && spec.option(CHECKPOINTS, "").isEmpty()) {
      return Optional.of(
          "Checkpoint directory["
              + CHECKPOINTS
              + "] must be defined for last-state and savepoint upgrade modes");
    }
    return when(
        mode.equals(FlinkSpec.SAVEPOINT) && spec.option(SAVEPOINTS, "").isEmpty(),
        "Job could not be upgraded with savepoint while config key[" + SAVEPOINTS + "] is not set");
  }

  private static Optional<String> processes(FlinkSpec spec) {
    if (spec.node().path("serviceAccount").asText("").isEmpty()) {
      return Optional.of(
          "spec.serviceAccount must be defined. If you use helm, its value should be the same with"
              + " the name of jobServiceAccount.");
    }
    return memory(spec, "jobManager", "JobManager")
        .or(() -> memory(spec, "taskManager", "TaskManager"))
        .or(
            () ->
                when(
                    spec.node().path("jobManager").path("replicas").asInt(1) > 1
                        && !spec.hasHighAvailability(),
                    "High availability should be enabled when starting standby JobManagers."));
  }

  private static Optional<String> memory(FlinkSpec spec, String process, String name) {
    JsonNode memory = spec.node().path(process).path("resource").path("memory");
    return when(
        memory.asText("").isEmpty(),
        name + " resource memory must be defined using `spec." + process + ".resource.memory`");
  }

  /** Flink 2 refuses a key that is the beginning of another (neighbours.md §2.3). */
  static Optional<String> overlappingKeys(FlinkSpec spec) {
    var keys = new TreeSet<String>();
    spec.node().path("flinkConfiguration").fieldNames().forEachRemaining(keys::add);
    return keys.stream()
        .filter(key -> keys.stream().anyMatch(other -> other.startsWith(key + ".")))
        .findFirst()
        .map(
            key ->
                "Overlapping key prefixes detected ("
                    + key
                    + " -> "
                    + keys.stream().filter(other -> other.startsWith(key + ".")).findFirst().get()
                    + "), please replace with Flink v2 compatible, non-overlapping keys.");
  }

  private static Optional<String> when(boolean refused, String message) {
    return refused ? Optional.of(message) : Optional.empty();
  }
}
