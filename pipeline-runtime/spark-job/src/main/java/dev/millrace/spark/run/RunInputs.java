package dev.millrace.spark.run;

import dev.millrace.spark.archive.ArchiveInput;
import dev.millrace.spark.label.FeedInput;
import dev.millrace.spark.label.LabelOffsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code runs/<asOf>/inputs.json}: everything a run reads, written before it reads anything, so
 * that a rerun writes the same rows (semantics.md §10).
 *
 * @param codec version of this file's form
 * @param asOf the run's instant, ISO 8601
 * @param documentHash SHA-256 of what the extract document computes (its wiring aside)
 * @param labelTopic label topic
 * @param labelTopicId Kafka's id of it
 * @param labelOffsets offsets read by this run, per partition
 * @param surrogates what this run reads of the surrogates' topics, by surrogate
 * @param earlierRuns names of the runs published before; their rows are final, their label files
 *     are read instead of the topic
 * @param archives archive of every joined pipeline and of the anchor's, by name
 * @param shufflePartitions number of shuffle partitions, from the size of the archives
 */
public record RunInputs(
    int codec,
    String asOf,
    String documentHash,
    String labelTopic,
    String labelTopicId,
    Map<Integer, LabelOffsets> labelOffsets,
    Map<String, FeedInput> surrogates,
    List<String> earlierRuns,
    Map<String, ArchiveInput> archives,
    int shufflePartitions) {
  /** The form this release reads and writes. */
  public static final int CODEC = 1;

  public RunInputs {
    labelOffsets = new TreeMap<>(labelOffsets);
    surrogates = new TreeMap<>(surrogates == null ? Map.of() : surrogates);
    earlierRuns = List.copyOf(earlierRuns);
    archives = new TreeMap<>(archives);
  }

  /** Path of a run's inputs. */
  public static String path(String run) {
    return "runs/" + run + "/inputs.json";
  }

  /** What this run reads of the label's topic. */
  FeedInput label() {
    return new FeedInput(labelTopic, labelTopicId, labelOffsets);
  }

  /** The least archive clock: an anchor behind it has all events of every pipeline. */
  public long archiveClock() {
    return archives.values().stream()
        .mapToLong(ArchiveInput::archiveClock)
        .min()
        .orElse(Long.MIN_VALUE);
  }
}
