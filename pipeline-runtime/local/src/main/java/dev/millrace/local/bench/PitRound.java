package dev.millrace.local.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * One run of one contender, in a JVM of its own.
 *
 * @param contender its name
 * @param description what it does and how it is tuned
 * @param cpuSeconds processor time from the started engine to the written rows, garbage collector
 *     and compiler included
 * @param wallSeconds the same by the clock
 * @param startCpuSeconds processor time that starting the engine took before
 * @param peakMiB largest resident memory of the process
 * @param foreignShare share of the machine that others took meanwhile, 0 to 1; −1 if unknown
 */
public record PitRound(
    String contender,
    String description,
    double cpuSeconds,
    double wallSeconds,
    double startCpuSeconds,
    long peakMiB,
    double foreignShare) {
  /** Above this a round is not counted (performance.md §6, rule 4). */
  private static final double MOST_FOREIGN = 0.15;

  PitRound withForeign(double share) {
    return new PitRound(
        contender, description, cpuSeconds, wallSeconds, startCpuSeconds, peakMiB, share);
  }

  @JsonIgnore
  boolean isKept() {
    return foreignShare <= MOST_FOREIGN;
  }
}
