package dev.millrace.spark.cleanup;

import dev.millrace.contract.CleanUpDocument;
import dev.millrace.contract.CleanUpReport;
import dev.millrace.contract.OnlineKeys;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Keys, then the clock, then files: the feature log names the keys, so it goes after them, and an
 * attempt that was cut off anywhere is taken up by the next one. Nothing is deleted before Redis
 * has answered.
 */
public final class CleanUp {
  private CleanUp() {}

  /** Deletes and counts. */
  public static CleanUpReport run(SparkSession spark, CleanUpDocument document) {
    OwnFolder.require(document);
    var storage =
        new OfflineStorage(document.location(), spark.sparkContext().hadoopConfiguration());
    return switch (document.kind()) {
      case FEATURE_PIPELINE -> pipeline(spark, document, storage);
      case LABEL_WINDOW -> report(KeyCount.NONE, labelWindow(storage));
    };
  }

  private static CleanUpReport pipeline(
      SparkSession spark, CleanUpDocument document, OfflineStorage storage) {
    var folder = new PipelineFolder(storage, document.resourceUid());
    var count = KeyCount.NONE;
    if (!document.redisHost().isEmpty()) {
      OnlineStore store = OnlineStore.of(document);
      store.check();
      count = new OnlineKeyDeletion(spark, document, storage).delete(store, folder.versions());
      store.delete(List.of(OnlineKeys.clock(document.namespace(), document.name())));
    }
    return report(count, folder.delete());
  }

  private static FolderRemoval.Result labelWindow(OfflineStorage storage) {
    var removal = new FolderRemoval(storage);
    for (String entry :
        List.of("latest.json", "manifests", "dataset", "corrections", "labels", "runs")) {
      removal.delete(entry);
    }
    return removal.finish();
  }

  private static CleanUpReport report(KeyCount count, FolderRemoval.Result removal) {
    return new CleanUpReport(
        CleanUpReport.CODEC,
        null,
        null,
        count.listed(),
        count.deleted(),
        removal.files(),
        removal.kept());
  }
}
