package dev.millrace.spark.archive;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.ProgressFile;
import dev.millrace.contract.Reason;
import dev.millrace.contract.ServingDelayFile;
import dev.millrace.contract.VersionsFile;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Lists a pipeline's archive (semantics.md §6). */
public final class ArchiveListing {
  private ArchiveListing() {}

  /**
   * Lists what there is now. Progress is read before the folders, so every event below its clock
   * lies in a listed file.
   *
   * @throws MillraceFailure {@link Reason#NOT_FINISHED} while there is no archive, {@link
   *     Reason#VERSION_TAKEN} if it was written under another definition
   */
  public static ArchiveInput list(JoinedPipeline pipeline, OfflineStorage storage) {
    VersionsFile versions =
        storage
            .read(OfflineLayout.VERSIONS)
            .map(DocumentCodec::readVersions)
            .orElseThrow(() -> nothingYet(pipeline, storage));
    checkDefinition(pipeline, versions, storage);
    long clock =
        storage
            .read(OfflineLayout.progress(pipeline.version()))
            .map(DocumentCodec::readProgress)
            .map(ProgressFile::archiveClock)
            .orElse(Long.MIN_VALUE);
    var sources = new TreeMap<Integer, ArchiveInput.Source>();
    for (var entry : versions.versions().entrySet()) {
      int version = entry.getKey();
      if (version <= pipeline.version()) {
        var files = storage.parquetFiles(OfflineLayout.events(version));
        sources.put(version, new ArchiveInput.Source(entry.getValue().firstOffsets(), files));
      }
    }
    Long servingDelay =
        storage
            .read(OfflineLayout.servingDelay(pipeline.version()))
            .map(DocumentCodec::readServingDelay)
            .map(ServingDelayFile::p95Millis)
            .orElse(null);
    return new ArchiveInput(
        pipeline.pipeline(),
        pipeline.version(),
        pipeline.definitionHash(),
        clock,
        servingDelay,
        features(pipeline, storage),
        servedFrom(pipeline.version(), versions),
        sources);
  }

  /** After the clock was read: a checkpoint's rows become visible with its events. */
  private static Map<String, Map<String, Long>> features(
      JoinedPipeline pipeline, OfflineStorage storage) {
    var features = new TreeMap<String, Map<String, Long>>();
    for (String entity : pipeline.entities()) {
      String folder = OfflineLayout.features(pipeline.version(), entity);
      features.put(entity, storage.parquetFiles(folder));
    }
    return features;
  }

  /**
   * The first T of a version that counts; null for all. A version that took over from another
   * replayed what was before, and none counts before it took over; the first one counts from its
   * first row on: its clock is written after the rows, and leaves out grid points while a write is
   * under way.
   */
  public static Long servedFrom(int version, VersionsFile versions) {
    if (Collections.min(versions.versions().keySet()) == version) {
      return null;
    }
    Long servedFrom = versions.versions().get(version).servedFrom();
    return servedFrom == null ? Long.valueOf(Long.MAX_VALUE) : servedFrom;
  }

  private static void checkDefinition(
      JoinedPipeline pipeline, VersionsFile versions, OfflineStorage storage) {
    var version = versions.versions().get(pipeline.version());
    if (version == null) {
      throw nothingYet(pipeline, storage);
    }
    if (!version.definitionHash().equals(pipeline.definitionHash())) {
      throw new MillraceFailure(
          Reason.VERSION_TAKEN,
          "version "
              + pipeline.version()
              + " of pipeline "
              + pipeline.pipeline()
              + " was archived under definition "
              + version.definitionHash()
              + ", this run has "
              + pipeline.definitionHash());
    }
  }

  private static MillraceFailure nothingYet(JoinedPipeline pipeline, OfflineStorage storage) {
    return new MillraceFailure(
        Reason.NOT_FINISHED,
        "version "
            + pipeline.version()
            + " of pipeline "
            + pipeline.pipeline()
            + " has archived nothing yet in "
            + storage.location());
  }
}
