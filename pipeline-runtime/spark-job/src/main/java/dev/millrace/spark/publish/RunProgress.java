package dev.millrace.spark.publish;

/**
 * {@code runs/<asOf>/progress.json}: how far a run of several chunks is, for people; deleted when
 * the run ends.
 *
 * @param asOf the run's instant, ISO 8601
 * @param finishedChunks chunks whose rows are staged
 * @param chunks all of them
 * @param finishedRows rows of the finished ones
 * @param rows rows of all
 */
public record RunProgress(
    String asOf, int finishedChunks, int chunks, long finishedRows, long rows) {
  /** Path of a run's progress. */
  public static String path(String run) {
    return "runs/" + run + "/progress.json";
  }

  /** {@code chunk 3 of 12, 25 %}. */
  public String text() {
    return "chunk "
        + finishedChunks
        + " of "
        + chunks
        + ", "
        + 100 * finishedRows / Math.max(1, rows)
        + " %";
  }
}
