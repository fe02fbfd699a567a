package dev.millrace.operator.observe;

import dev.millrace.contract.JobReport;
import java.time.Instant;
import java.util.Optional;

/**
 * One job: what its FlinkDeployment and its REST said, already parsed. After a read that failed the
 * figures are those of the last one that did not, or empty.
 *
 * @param version version it computes
 * @param name name of its FlinkDeployment
 * @param wanted whether it is to run
 * @param view its FlinkDeployment; empty if there is none
 * @param report its own report; empty until the first one was read
 * @param lastCheckpoint when its last checkpoint completed; empty before the first of this run
 * @param restarts failures within the last ten minutes
 * @param failure its last failure
 * @param missedReads reads of its REST that failed in a row; 0 after one that did not
 */
public record JobObservation(
    int version,
    String name,
    WantedState wanted,
    Optional<FlinkView> view,
    Optional<JobReport> report,
    Optional<Instant> lastCheckpoint,
    int restarts,
    Optional<JobFailure> failure,
    int missedReads) {
  /** Reads that may fail in a row before nothing is known any more (reliability.md §4.3). */
  public static final int MOST_MISSED_READS = 3;

  /** A job whose REST was never read. */
  public static JobObservation unread(
      int version, String name, WantedState wanted, Optional<FlinkView> view) {
    return new JobObservation(
        version, name, wanted, view, Optional.empty(), Optional.empty(), 0, Optional.empty(), 0);
  }

  /** What the REST answers say about the same job. */
  public JobObservation with(JobFigures figures) {
    return new JobObservation(
        version,
        name,
        wanted,
        view,
        figures.report(),
        figures.lastCheckpoint(),
        figures.restarts(),
        figures.failure(),
        0);
  }

  /** The same job after another read that failed. */
  public JobObservation missed(int reads) {
    return new JobObservation(
        version, name, wanted, view, report, lastCheckpoint, restarts, failure, reads);
  }

  /** Whether too many reads failed for the figures to mean anything. */
  public boolean unreachable() {
    return missedReads >= MOST_MISSED_READS;
  }
}
