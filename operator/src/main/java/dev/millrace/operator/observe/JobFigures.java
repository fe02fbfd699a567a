package dev.millrace.operator.observe;

import dev.millrace.contract.JobReport;
import java.time.Instant;
import java.util.Optional;

/**
 * What one read of a job's REST found.
 *
 * @param jobId Flink's id of the job that was asked
 * @param report value of accumulator {@code millrace.report}
 * @param lastCheckpoint when the last checkpoint of this run completed
 * @param restarts failures within the last ten minutes
 * @param failure the last failure
 */
public record JobFigures(
    String jobId,
    Optional<JobReport> report,
    Optional<Instant> lastCheckpoint,
    int restarts,
    Optional<JobFailure> failure) {}
