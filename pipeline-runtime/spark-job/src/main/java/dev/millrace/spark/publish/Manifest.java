package dev.millrace.spark.publish;

import dev.millrace.spark.gate.GateVerdict;
import dev.millrace.spark.gate.RunStatistics;
import dev.millrace.spark.label.LabelOffsets;
import dev.millrace.spark.label.LabelPartition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code manifests/<asOf>.json}: what a published run is made of (semantics.md §10); of a run that
 * the gate refused, {@code runs/<asOf>/refused.json}, without files. Canonical JSON without any
 * wall-clock time, so that a rerun's manifest is equal byte for byte.
 *
 * @param codec version of this file's form
 * @param namespace namespace of the LabelWindow
 * @param labelWindow its name
 * @param asOf the run's instant, ISO 8601
 * @param documentHash SHA-256 of what the extract document computes
 * @param rows training rows of this run
 * @param positives rows whose Boolean label is true; 0 for other types
 * @param files dataset files of this run
 * @param corrections next versions of rows of earlier runs
 * @param definitions joined pipelines by name, with the event watermark of each
 * @param labels the label feed
 * @param surrogates the surrogates' feeds, by name
 * @param agreements how they agree with the label over this run's rows; Boolean ones only
 * @param states anchors by label state
 * @param delays label-delay curve
 * @param statistics nulls and percentiles of its rows, the baseline of later runs
 * @param gate the quality gate's verdict
 * @param consistency a sample of its features against the feature log
 * @param warnings what a reader should know
 * @param tools versions of what wrote it
 */
public record Manifest(
    int codec,
    String namespace,
    String labelWindow,
    String asOf,
    String documentHash,
    long rows,
    long positives,
    List<DataFile> files,
    Corrections corrections,
    Map<String, UsedDefinition> definitions,
    Labels labels,
    Map<String, Labels> surrogates,
    Map<String, Agreement> agreements,
    LabelStates states,
    LabelDelays delays,
    RunStatistics statistics,
    GateVerdict gate,
    Consistency consistency,
    List<String> warnings,
    Map<String, String> tools) {
  /** The form this release reads and writes. */
  public static final int CODEC = 1;

  public Manifest {
    files = List.copyOf(files);
    corrections = corrections == null ? Corrections.NONE : corrections; // of an older release
    definitions = new TreeMap<>(definitions);
    surrogates = new TreeMap<>(surrogates == null ? Map.of() : surrogates);
    agreements = new TreeMap<>(agreements == null ? Map.of() : agreements);
    consistency = consistency == null ? Consistency.NONE : consistency;
    warnings = List.copyOf(warnings);
    tools = new TreeMap<>(tools);
  }

  /** Every file that readers of this run may open. */
  public List<DataFile> dataFiles() {
    return Stream.concat(files.stream(), corrections.files().stream()).toList();
  }

  /**
   * Rows of earlier runs whose outcome has changed (semantics.md §8).
   *
   * @param rows their next versions, written by this run
   * @param anchors those that no earlier run has corrected
   * @param files files of this run in {@code corrections/}
   */
  public record Corrections(long rows, long anchors, List<DataFile> files) {
    /** No row has another outcome. */
    public static final Corrections NONE = new Corrections(0, 0, List.of());

    public Corrections {
      files = List.copyOf(files);
    }
  }

  /**
   * A published file.
   *
   * @param path relative to the LabelWindow's location
   * @param rows its rows
   * @param sha256 of its bytes
   */
  public record DataFile(String path, long rows, String sha256) {}

  /**
   * A pipeline as used.
   *
   * @param version the version read
   * @param definitionHash its definition
   * @param archiveClock event watermark of its archive, epoch milliseconds
   * @param servingDelayP95Millis how long after T its rows were online, 95th percentile as
   *     measured; null where it was not measured
   */
  public record UsedDefinition(
      int version, String definitionHash, long archiveClock, Long servingDelayP95Millis) {}

  /**
   * The label feed as of this run.
   *
   * @param topic label topic
   * @param topicId Kafka's id of it
   * @param offsets read by this run
   * @param files this run's label records in {@code labels/}
   * @param partitions all records read by this and earlier runs
   * @param watermark label watermark, epoch milliseconds; the least long while there is none
   * @param silentPartitions partitions silent for longer than {@code stalledAfter}
   */
  public record Labels(
      String topic,
      String topicId,
      Map<Integer, LabelOffsets> offsets,
      List<DataFile> files,
      Map<Integer, LabelPartition> partitions,
      long watermark,
      List<Integer> silentPartitions) {
    public Labels {
      offsets = new TreeMap<>(offsets);
      files = List.copyOf(files);
      partitions = new TreeMap<>(partitions);
      silentPartitions = List.copyOf(silentPartitions);
    }
  }
}
