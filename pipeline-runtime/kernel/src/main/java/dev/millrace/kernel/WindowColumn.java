package dev.millrace.kernel;

/**
 * One column: an aggregate of one input over one window (semantics.md §3).
 *
 * @param input index of the input
 * @param aggregate what is computed
 * @param windowMillis length of the window, a multiple of the slide
 * @param tailMillis resolution of its tail, {@link Windows#tailMillis}
 * @param offsetMillis how far the window is shifted back from T, a multiple of the slide
 * @param scale decimal places of an INTEGER input that stands for a Decimal, 0 otherwise; Mean,
 *     Variance, StdDev and Quantile divide by them
 * @param quantile between 0 and 1 for QUANTILE, 0 otherwise
 */
public record WindowColumn(
    int input,
    Aggregate aggregate,
    long windowMillis,
    long tailMillis,
    long offsetMillis,
    int scale,
    double quantile) {}
