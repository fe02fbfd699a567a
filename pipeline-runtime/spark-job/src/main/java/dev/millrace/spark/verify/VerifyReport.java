package dev.millrace.spark.verify;

import dev.millrace.contract.RunReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code VerifyMain} found, written as one JSON object to its last argument.
 *
 * @param extract the run's own report
 * @param parity recomputed rows against the feature log
 * @param leak the leak check
 * @param rows one per requested row, in order
 * @param trainingSet what the run published
 * @param seconds wall seconds per part: {@code session}, {@code extract}, {@code parity}, {@code
 *     leak}, {@code rows}, {@code trainingSet}
 */
public record VerifyReport(
    RunReport extract,
    Parity parity,
    Leak leak,
    List<ComputedRow> rows,
    TrainingSet trainingSet,
    Map<String, Double> seconds) {
  public VerifyReport {
    rows = List.copyOf(rows);
    seconds = new TreeMap<>(seconds);
  }

  /** Whether every check held. */
  public boolean holds() {
    return parity.mismatches() == 0 && leak.holds();
  }

  /**
   * Every row of the anchor version's feature log, recomputed from the archive and compared bit for
   * bit.
   *
   * @param rows rows compared
   * @param mismatches rows with at least one different column
   * @param byColumn mismatches per {@code <entity>__<column>}, only where there are any
   */
  public record Parity(long rows, long mismatches, Map<String, Long> byColumn) {
    public Parity {
      byColumn = new TreeMap<>(byColumn);
    }
  }

  /**
   * Rows of sampled anchors, computed from changed archives (semantics.md §7). An anchor counts
   * once per entity.
   *
   * @param anchors sampled rows, each with an event inside a window of an unfiltered Count or Sum
   * @param futureChangedDiffer rows that differ from the published ones after every event not
   *     visible at T was changed and events at and after t0 were added; must be 0
   * @param pastChangedDiffer rows that differ after one event inside a window was taken out; must
   *     be {@code anchors}
   * @param skippedEntities entities without such a window, for which a change need not show
   */
  public record Leak(
      long anchors,
      long futureChangedDiffer,
      long pastChangedDiffer,
      List<String> skippedEntities) {
    public Leak {
      skippedEntities = List.copyOf(skippedEntities);
    }

    /** Whether no changed future and every changed past showed. */
    public boolean holds() {
      return futureChangedDiffer == 0 && pastChangedDiffer == anchors;
    }
  }

  /**
   * A recomputed row.
   *
   * @param columns value per column as the online store writes it ({@code ValueText}), null for
   *     null
   */
  public record ComputedRow(String entity, String key, long asOf, Map<String, String> columns) {}

  /**
   * The training set.
   *
   * @param location its URI
   * @param rows rows of this run
   * @param firstRows the first by (t0, anchor_id), as texts in the order of the columns
   */
  public record TrainingSet(String location, long rows, List<Map<String, String>> firstRows) {
    public TrainingSet {
      firstRows = List.copyOf(firstRows);
    }
  }
}
