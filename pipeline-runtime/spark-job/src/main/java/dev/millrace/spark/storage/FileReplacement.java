package dev.millrace.spark.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Replaces a small file: a reader sees the old bytes or the new ones, never a part and never none.
 * Where a rename is atomic it is the last step. On an object store it is a copy that deletes its
 * target first; there an object appears whole by the one request that ends its upload.
 */
final class FileReplacement {
  private FileReplacement() {}

  static void replace(FileSystem files, Path target, byte[] bytes) throws IOException {
    if (files.hasPathCapability(target, CommonPathCapabilities.ABORTABLE_STREAM)) {
      upload(files, target, bytes);
    } else {
      rename(files, target, bytes);
    }
  }

  private static void upload(FileSystem files, Path target, byte[] bytes) throws IOException {
    FSDataOutputStream out = files.create(target, true);
    try {
      out.write(bytes);
    } catch (IOException | RuntimeException e) {
      out.abort(); // closing would upload the part that was written
      throw e;
    }
    out.close();
  }

  private static void rename(FileSystem files, Path target, byte[] bytes) throws IOException {
    var temporary = new Path(target.getParent(), "." + target.getName() + ".tmp");
    files.mkdirs(target.getParent());
    try (var out = files.create(temporary, true)) {
      out.write(bytes);
    }
    if ("file".equals(files.getUri().getScheme())) {
      // Hadoop's overwriting rename deletes first; the JDK's is one system call.
      Files.move(local(files, temporary), local(files, target), StandardCopyOption.ATOMIC_MOVE);
    } else {
      FileContext.getFileContext(target.toUri(), files.getConf())
          .rename(temporary, target, Options.Rename.OVERWRITE);
    }
  }

  private static java.nio.file.Path local(FileSystem files, Path path) {
    return java.nio.file.Path.of(files.makeQualified(path).toUri().getPath());
  }
}
