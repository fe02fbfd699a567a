package dev.millrace.operator.observe;

import dev.millrace.contract.JobReport;
import java.time.Instant;
import java.util.Optional;

/**
 * One job: what its FlinkDeployment and its REST said, already parsed.
 *
 * @param version version it computes
 * @param name name of its FlinkDeployment
 * @param wanted whether it is to run
 * @param view its FlinkDeployment; empty if there is none
 * @param figures what the last read of its REST that succeeded found; empty before the first
 * @param missedReads reads of its REST that failed in a row since then
 */
public record JobObservation(
    int version,
    String name,
    WantedState wanted,
    Optional<FlinkView> view,
    Optional<JobFigures> figures,
    int missedReads) {
  /** Reads that may fail in a row before nothing is known any more (reliability.md §4.3). */
  public static final int MOST_MISSED_READS = 3;

  /** A job whose REST was never read. */
  public static JobObservation unread(
      int version, String name, WantedState wanted, Optional<FlinkView> view) {
    return new JobObservation(version, name, wanted, view, Optional.empty(), 0);
  }

  /** The same job after a read that succeeded. */
  public JobObservation with(JobFigures found) {
    return new JobObservation(version, name, wanted, view, Optional.of(found), 0);
  }

  /** The same job after reads that failed in a row. */
  public JobObservation missed(int reads) {
    return new JobObservation(version, name, wanted, view, figures, reads);
  }

  /** Whether too many reads failed for the figures to mean anything. */
  public boolean unreachable() {
    return missedReads >= MOST_MISSED_READS;
  }

  /** The job's own report. */
  public Optional<JobReport> report() {
    return figures.flatMap(JobFigures::report).filter(report -> report.version() == version);
  }

  /**
   * When the last checkpoint of the job that runs now completed: one of an earlier job of the same
   * FlinkDeployment proves nothing about this one.
   */
  public Optional<Instant> lastCheckpoint() {
    return ofThisJob()
        .flatMap(JobFigures::lastCheckpoint)
        .filter(
            at ->
                view.flatMap(FlinkView::startTime).map(start -> !at.isBefore(start)).orElse(true));
  }

  /** Failures within the last ten minutes. */
  public int restarts() {
    return ofThisJob().map(JobFigures::restarts).orElse(0);
  }

  /** The last failure that no later checkpoint proves to be over. */
  public Optional<JobFailure> failure() {
    Optional<Instant> checkpoint = lastCheckpoint();
    return ofThisJob()
        .flatMap(JobFigures::failure)
        .filter(failure -> checkpoint.isEmpty() || !checkpoint.get().isAfter(failure.at()));
  }

  /** Figures of the job that the FlinkDeployment names now. */
  private Optional<JobFigures> ofThisJob() {
    String named = view.map(FlinkView::jobId).orElse("");
    return figures.filter(found -> named.isEmpty() || named.equals(found.jobId()));
  }
}
