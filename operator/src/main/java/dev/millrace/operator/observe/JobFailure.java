package dev.millrace.operator.observe;

import dev.millrace.contract.Reason;
import java.time.Instant;

/**
 * Why a job failed last.
 *
 * @param reason a reason of the public enum; {@link Reason#RESTARTING} if the job did not say one
 * @param text cause and next step, cut, one line
 * @param at when; a checkpoint completed later proves that it is over
 */
public record JobFailure(Reason reason, String text, Instant at) {}
