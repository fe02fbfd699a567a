package dev.millrace.operator.observe;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.Optional;

/**
 * The runs of an extract as its CronJob's Jobs and their pods show them.
 *
 * @param finished the newest run that ended; empty if none is left
 * @param active name of the Job that runs now
 */
public record RunObservation(Optional<FinishedRun> finished, Optional<String> active) {
  /** Nothing has run, or nothing is left of it. */
  public static final RunObservation NONE = new RunObservation(Optional.empty(), Optional.empty());

  /** Reads the Jobs of one CronJob and all their pods. */
  public static RunObservation of(Collection<Job> jobs, Collection<Pod> pods) {
    return RunReader.read(jobs, pods);
  }
}
