package dev.millrace.spark.publish;

import dev.millrace.spark.publish.Manifest.DataFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code runs/<asOf>/chunks/<number>.json}: a finished part of a run's staged rows, written after
 * its files, so that a later attempt need not make them again.
 *
 * @param firstDay first anchor day
 * @param lastDay last anchor day
 * @param rows anchors of these days
 * @param tools versions of what made them: an attempt by another release makes them again
 * @param files where their rows are staged
 */
public record StagedChunk(
    String firstDay, String lastDay, long rows, Map<String, String> tools, List<DataFile> files) {
  public StagedChunk {
    tools = new TreeMap<>(tools);
    files = List.copyOf(files);
  }

  /** Path of a run's chunk. */
  static String path(String run, int number) {
    return folder(run) + "/" + name(number) + ".json";
  }

  /** Folder of a run's chunks. */
  static String folder(String run) {
    return "runs/" + run + "/chunks";
  }

  /** Name that sorts by number. */
  static String name(int number) {
    return String.format("%05d", number);
  }
}
