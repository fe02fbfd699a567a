package dev.millrace.contract;

/**
 * {@code serving-delay-v<version>.json} beside a version's archive: how long after a grid point T
 * the online store acknowledged T's rows, by the wall clock and without catching up (semantics.md
 * §7). A training row at t0 uses the row at the greatest T with T + servingDelay ≤ t0: a
 * servingDelay below the 95th percentile makes training fresher than serving.
 *
 * @param version the version
 * @param asOf the newest T that counts, epoch milliseconds
 * @param count how many T count, the most recent ones
 * @param p50Millis median delay, nearest rank
 * @param p95Millis 95th percentile
 * @param p99Millis 99th percentile
 */
public record ServingDelayFile(
    int version, long asOf, int count, long p50Millis, long p95Millis, long p99Millis) {}
