package dev.millrace.contract;

import java.util.Map;
import java.util.TreeMap;

/**
 * {@code versions.json} of a pipeline's offline folder (semantics.md §6).
 *
 * @param versions by version number
 */
public record VersionsFile(Map<Integer, Version> versions) {
  public VersionsFile {
    versions = new TreeMap<>(versions);
  }

  /**
   * One version's entry.
   *
   * @param definitionHash hash of its definition
   * @param resourceUid UID of the resource that wrote it
   * @param topicId Kafka's id of the topic it reads
   * @param firstOffsets first archived offset per partition; events below are in lower versions
   * @param servedFrom T at which readers switched to this version; null until they have
   */
  public record Version(
      String definitionHash,
      String resourceUid,
      String topicId,
      Map<Integer, Long> firstOffsets,
      Long servedFrom) {
    public Version {
      firstOffsets = new TreeMap<>(firstOffsets);
    }
  }
}
