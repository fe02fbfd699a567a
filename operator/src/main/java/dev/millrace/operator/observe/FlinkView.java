package dev.millrace.operator.observe;

import dev.millrace.contract.KnownFailure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.Optional;

/**
 * A FlinkDeployment read untyped (neighbours.md §0, §2.5): enums are words, and a word that is not
 * known is not ready. Texts are cut and are data.
 *
 * @param generation of the object
 * @param observedGeneration generation its operator has started to carry out; -1 before any
 * @param hasStatus whether its operator has said anything at all
 * @param lifecycleState word of {@code status.lifecycleState}; empty if absent
 * @param jobManager word of {@code status.jobManagerDeploymentStatus}; empty if absent
 * @param jobState word of {@code status.jobStatus.state}; empty if absent
 * @param jobId Flink's id of the job; empty if absent or no id
 * @param startTime when the job started
 * @param savepoint path of the last upgrade savepoint, never the sentinel
 * @param error what its operator says is wrong
 * @param createdAt when the object was created
 */
public record FlinkView(
    long generation,
    long observedGeneration,
    boolean hasStatus,
    String lifecycleState,
    String jobManager,
    String jobState,
    String jobId,
    Optional<Instant> startTime,
    Optional<String> savepoint,
    Optional<FlinkError> error,
    Instant createdAt) {
  /** Reads an object, whatever its status holds. */
  public static FlinkView of(GenericKubernetesResource object) {
    return FlinkViewReader.read(object);
  }

  /** Whether its operator has started to carry out the current generation. */
  public boolean observed() {
    return hasStatus && observedGeneration >= generation;
  }

  /** Whether the job runs, as this project understands it (neighbours.md §2.6). */
  public boolean running() {
    return observed()
        && lifecycleState.equals("STABLE")
        && jobManager.equals("READY")
        && jobState.equals("RUNNING")
        && error.isEmpty();
  }

  /** Whether the job is stopped on request. */
  public boolean suspended() {
    return observed() && lifecycleState.equals("SUSPENDED");
  }

  /** Whether Flink will not try again on its own. */
  public boolean terminal() {
    return jobState.equals("FAILED") || jobState.equals("CANCELED") || jobState.equals("FINISHED");
  }

  /** The reason the job itself gave, if the error carries one. */
  public Optional<KnownFailure> knownFailure() {
    return error.flatMap(FlinkError::known);
  }
}
