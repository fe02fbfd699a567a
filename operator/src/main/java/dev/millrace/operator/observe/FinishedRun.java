package dev.millrace.operator.observe;

import dev.millrace.contract.RunReportResult;
import java.time.Instant;
import java.util.Optional;

/**
 * A run that ended.
 *
 * @param job name of its Job
 * @param asOf instant it stands for, from the Job's name; empty for a Job named otherwise
 * @param end how the Job ended
 * @param endedAt when
 * @param report termination message of its last pod
 * @param outOfMemory whether the kernel killed its last pod
 */
public record FinishedRun(
    String job,
    Optional<Instant> asOf,
    RunEnd end,
    Instant endedAt,
    RunReportResult report,
    boolean outOfMemory) {}
