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
        sources);
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
