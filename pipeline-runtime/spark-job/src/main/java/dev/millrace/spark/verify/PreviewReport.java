package dev.millrace.spark.verify;

import dev.millrace.spark.publish.LabelStates;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code PreviewMain} found, written as one JSON object to its last argument. Times are ISO
 * 8601.
 *
 * @param schema name and version of this form
 * @param labelWindow name of the LabelWindow
 * @param asOf instant of the run that was not run
 * @param labelWatermark how far the label feed is; null while there is none
 * @param silentPartitions label partitions that hold everything up
 * @param states anchors by label state
 * @param rows sampled training rows, by t0 and id
 * @param leak the leak check on the sample
 */
public record PreviewReport(
    String schema,
    String labelWindow,
    String asOf,
    String labelWatermark,
    List<Integer> silentPartitions,
    LabelStates states,
    List<TrainingRow> rows,
    VerifyReport.Leak leak) {
  /** The form this release writes. */
  public static final String SCHEMA = "millrace.extract-preview/v1";

  public PreviewReport {
    silentPartitions = List.copyOf(silentPartitions);
    rows = List.copyOf(rows);
  }

  /**
   * One training row.
   *
   * @param state {@code Mature}, or {@code Finalised} by an earlier run
   * @param servedAt T of each pipeline's columns: no event visible later is in them
   * @param columns texts in the order of the training set's columns, null for null
   */
  public record TrainingRow(
      String state, SortedMap<String, String> servedAt, Map<String, String> columns) {
    public TrainingRow {
      servedAt = new TreeMap<>(servedAt);
    }
  }
}
