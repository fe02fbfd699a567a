package dev.millrace.spark.storage;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One location of the offline store, a folder named by a URI; paths are relative to it. Every
 * failure of the store is a {@link MillraceFailure} with {@link Reason#STORAGE_FAILED}.
 */
public final class OfflineStorage {
  private final String location;
  private final Path root;
  private final FileSystem fileSystem;

  /** Opens a location with Hadoop's configuration of the session. */
  public OfflineStorage(String location, Configuration configuration) {
    this.location = location;
    this.root = new Path(location);
    try {
      this.fileSystem = root.getFileSystem(configuration);
    } catch (IOException e) {
      throw failed(location, e);
    }
  }

  /** The location as given. */
  public String location() {
    return location;
  }

  /** Full path of a relative one, for Spark. */
  public String path(String relative) {
    return new Path(root, escaped(relative)).toString();
  }

  /** Text of a file, or empty when there is none. */
  public Optional<String> read(String relative) {
    try (InputStream in = fileSystem.open(resolve(relative))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed(relative, e);
    }
  }

  /** Replaces a file: a reader sees the old text or the new one, never a part. */
  public void replace(String relative, String text) {
    try {
      FileReplacement.replace(fileSystem, resolve(relative), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failed(relative, e);
    }
  }

  /**
   * Moves a file, creating the folder it moves to. On an object store this is a copy and a
   * deletion: whoever moves can be left with both, and readers must not know the target yet.
   */
  public void move(String from, String to) {
    Path target = resolve(to);
    try {
      fileSystem.mkdirs(target.getParent());
      fileSystem.delete(target, false);
      if (!fileSystem.rename(resolve(from), target)) {
        throw new IOException("rename to " + target + " was refused");
      }
    } catch (IOException e) {
      throw failed(from, e);
    }
  }

  /** Deletes a file or folder if it is there. */
  public void delete(String relative) {
    try {
      fileSystem.delete(resolve(relative), true);
    } catch (IOException e) {
      throw failed(relative, e);
    }
  }

  /** Number of files that a path is or holds at any depth; 0 when there is none. */
  public long fileCount(String relative) {
    try {
      return fileSystem.getContentSummary(resolve(relative)).getFileCount();
    } catch (FileNotFoundException e) {
      return 0;
    } catch (IOException e) {
      throw failed(relative, e);
    }
  }

  /** Names of the entries of a folder, sorted; none when there is no folder. */
  public List<String> names(String folder) {
    return statuses(folder).stream().map(status -> status.getPath().getName()).sorted().toList();
  }

  /**
   * Finished Parquet files at any depth below a folder and their lengths in bytes, by relative
   * path. Names with a leading dot or underscore are unfinished.
   */
  public TreeMap<String, Long> parquetFiles(String folder) {
    var files = new TreeMap<String, Long>();
    var folders = new ArrayList<>(List.of(folder));
    while (!folders.isEmpty()) {
      String next = folders.remove(folders.size() - 1);
      for (FileStatus status : statuses(next)) {
        String name = status.getPath().getName();
        if (name.startsWith(".") || name.startsWith("_")) {
          continue;
        }
        if (status.isDirectory()) {
          folders.add(next + "/" + name);
        } else if (name.endsWith(".parquet")) {
          files.put(next + "/" + name, status.getLen());
        }
      }
    }
    return files;
  }

  /** SHA-256 of a file in lower-case hex; empty when there is no such file. */
  public Optional<String> sha256(String relative) {
    try (var in = new DigestInputStream(fileSystem.open(resolve(relative)), Sha256.digest())) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return Optional.of(HexFormat.of().formatHex(in.getMessageDigest().digest()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed(relative, e);
    }
  }

  /** A failure of this location, as the operator reads it. */
  public MillraceFailure failed(String what, Exception cause) {
    return new MillraceFailure(
        Reason.STORAGE_FAILED, location + ": " + what + ": " + cause.getMessage(), cause);
  }

  /** Full path of a relative one, for Hadoop. */
  public Path resolve(String relative) {
    return new Path(root, escaped(relative));
  }

  private List<FileStatus> statuses(String folder) {
    try {
      return List.of(fileSystem.listStatus(resolve(folder)));
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static String escaped(String relative) {
    return "./" + relative; // a colon in the first part would read as a URI scheme
  }
}
