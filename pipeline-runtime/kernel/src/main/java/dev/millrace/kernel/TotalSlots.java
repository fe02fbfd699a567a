package dev.millrace.kernel;

/**
 * Where a view's running totals lie.
 *
 * @param count word of the number of contributions
 * @param sum two words, or {@link EntityLayout#NONE}
 * @param square four words, or {@link EntityLayout#NONE}
 * @param histogram index of the running histogram, or {@link EntityLayout#NONE}
 */
record TotalSlots(int count, int sum, int square, int histogram) {}
