package dev.millrace.contract;

/**
 * Limits of the quality gate (semantics.md §9).
 *
 * @param baselineDays published anchor days that form the baseline
 * @param nullRateMaxIncreasePoints allowed increase of a null rate, in percentage points
 * @param driftPercentile percentile that is compared
 * @param driftMaxChangePercent allowed relative change
 * @param minRows fewer rows are InsufficientBaseline
 * @param overrideReason reason of an override; empty for none
 * @param overrideUntilMillis instant after which the override counts for nothing; 0 for none
 */
public record QualityRules(
    int baselineDays,
    int nullRateMaxIncreasePoints,
    int driftPercentile,
    int driftMaxChangePercent,
    long minRows,
    String overrideReason,
    long overrideUntilMillis) {}
