package dev.millrace.flink.offline;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.ProgressFile;
import dev.millrace.contract.Reason;
import dev.millrace.contract.VersionsFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.util.IOUtils;

/**
 * The small JSON files beside a pipeline's archive (semantics.md §6), on any file system that
 * Flink's sinks can write to. Files are replaced whole: a reader sees the old or the new one.
 */
public final class OfflineFolder {
  private final Path root;

  /**
   * @param location the pipeline's folder, as a URI
   */
  public OfflineFolder(String location) {
    root = new Path(location);
  }

  /** {@code versions.json}, without entries if there is none yet. */
  public VersionsFile versions() {
    String json = read(OfflineLayout.VERSIONS);
    return json == null ? new VersionsFile(Map.of()) : DocumentCodec.readVersions(json);
  }

  /** Replaces {@code versions.json}. */
  public void replaceVersions(VersionsFile versions) {
    replace(OfflineLayout.VERSIONS, DocumentCodec.write(versions));
  }

  /** The progress file of a version, or null if no checkpoint of it has completed. */
  public ProgressFile progress(int version) {
    String json = read(OfflineLayout.progress(version));
    return json == null ? null : DocumentCodec.readProgress(json);
  }

  /**
   * Replaces a file, as Flink's own sinks publish theirs: local files are moved into place, objects
   * appear when their upload is completed. A rename would be neither atomic nor allowed to replace
   * on an object store.
   *
   * @throws MillraceFailure {@link Reason#STORAGE_FAILED}
   */
  public void replace(String name, String text) {
    var target = new Path(root, name);
    try {
      RecoverableFsDataOutputStream out =
          root.getFileSystem().createRecoverableWriter().open(target);
      try {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.closeForCommit().commit();
      } catch (IOException e) {
        IOUtils.closeQuietly(out); // nothing of it becomes visible
        throw e;
      }
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private String read(String name) {
    var path = new Path(root, name);
    try {
      FileSystem files = root.getFileSystem();
      if (!files.exists(path)) {
        return null;
      }
      try (var in = files.open(path)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (FileNotFoundException e) {
      return null; // Gone between the two questions: replaced by a file system without overwrite.
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private static MillraceFailure failed(Path path, IOException cause) {
    return new MillraceFailure(Reason.STORAGE_FAILED, path + ": " + cause.getMessage(), cause);
  }
}
