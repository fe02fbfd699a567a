package dev.millrace.spark.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a run says in the container's termination message, one line of JSON below {@link #MAX_BYTES}
 * bytes (architecture.md §2); the manifest has everything.
 *
 * @param schema {@value #SCHEMA}
 * @param asOf the run's instant, ISO 8601
 * @param outcome {@code Published}, {@code AlreadyPublished} or {@code Failed}
 * @param reason a reason of the public enum when it failed, else null
 * @param message {@code MR/<Reason>: text} when it failed, else null
 * @param rows training rows of this run
 * @param positives those with a true Boolean label
 * @param files number of files
 * @param location URI of the data set
 * @param manifest URI of the manifest
 * @param labels counts by state and the label clock; null when it failed
 * @param warnings the first few, each cut
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExtractReport(
    String schema,
    String asOf,
    String outcome,
    String reason,
    String message,
    long rows,
    long positives,
    int files,
    String location,
    String manifest,
    Labels labels,
    List<String> warnings) {
  public static final String SCHEMA = "millrace.extract/v1";

  /** A kubelet keeps only part of a longer message (neighbours.md §4.3). */
  public static final int MAX_BYTES = 3000;

  public ExtractReport {
    warnings = List.copyOf(warnings);
  }

  /**
   * Labels as of the run.
   *
   * @param pending anchors that are not final
   * @param mature anchors this run finalised
   * @param finalised anchors finalised so far
   * @param oldestPending least pending t0, ISO 8601
   * @param nextMaturity label watermark at which it is final, ISO 8601
   * @param labelWatermark ISO 8601; null while there is none
   * @param silentPartitions label partitions silent for longer than {@code stalledAfter}
   * @param delays number of label events in the delay curve
   * @param delayP50Millis median of label ts − t0
   * @param delayP90Millis its 90th percentile
   * @param delayP95Millis its 95th percentile
   * @param delayP99Millis its 99th percentile
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Labels(
      long pending,
      long mature,
      long finalised,
      String oldestPending,
      String nextMaturity,
      String labelWatermark,
      List<Integer> silentPartitions,
      long delays,
      Long delayP50Millis,
      Long delayP90Millis,
      Long delayP95Millis,
      Long delayP99Millis) {
    public Labels {
      silentPartitions = List.copyOf(silentPartitions);
    }
  }
}
