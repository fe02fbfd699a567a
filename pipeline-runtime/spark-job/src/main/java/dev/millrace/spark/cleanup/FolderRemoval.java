package dev.millrace.spark.cleanup;

import dev.millrace.spark.storage.OfflineStorage;
import java.util.List;

/** Deletes named entries of one folder, counts files, and the folder itself once it is empty. */
final class FolderRemoval {
  private static final String ALL = ".";

  private final OfflineStorage storage;
  private long files;

  FolderRemoval(OfflineStorage storage) {
    this.storage = storage;
  }

  /**
   * What was done.
   *
   * @param files files deleted
   * @param kept entries that are still there
   */
  record Result(long files, List<String> kept) {}

  /** Deletes a file or folder if it is there. */
  void delete(String entry) {
    files += storage.fileCount(entry);
    storage.delete(entry);
  }

  /** Deletes a folder that nothing is left in. */
  void deleteIfEmpty(String folder) {
    if (storage.names(folder).isEmpty()) {
      storage.delete(folder);
    }
  }

  Result finish() {
    List<String> kept = storage.names(ALL);
    deleteIfEmpty(ALL);
    return new Result(files, kept);
  }
}
