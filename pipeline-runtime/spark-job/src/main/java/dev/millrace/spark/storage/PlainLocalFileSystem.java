package dev.millrace.spark.storage;

import org.apache.hadoop.fs.LocalFileSystem;

/**
 * Local files without {@code .crc} files beside them. Hadoop has a class for that, but S3A buffers
 * its uploads in local files and insists on a {@link LocalFileSystem} for them.
 */
public final class PlainLocalFileSystem extends LocalFileSystem {
  /** For Hadoop, which makes file systems by name. */
  public PlainLocalFileSystem() {
    setWriteChecksum(false);
    setVerifyChecksum(false);
  }
}
