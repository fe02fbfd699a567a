package dev.millrace.local.stack;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.process.FolderDeletion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of one stack, held by a lock; a temporary one is deleted at the end. */
public final class DataFolder implements AutoCloseable {
  private static final long LEAST_FREE_AT_START = 512L << 20;
  private static final long LEAST_FREE = 32L << 20;

  private final Path path;
  private final boolean temporary;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path path, boolean temporary, FileChannel channel, FileLock lock) {
    this.path = path;
    this.temporary = temporary;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Opens the folder.
   *
   * @param wanted folder, or null for a temporary one
   */
  public static DataFolder open(Path wanted) {
    try {
      Path path =
          wanted == null
              ? Files.createTempDirectory("millrace-")
              : Files.createDirectories(wanted.toAbsolutePath().normalize());
      requireSpace(path, LEAST_FREE_AT_START);
      return lock(path, wanted == null);
    } catch (IOException e) {
      throw new LocalFailure(
          "the data folder "
              + (wanted == null ? "" : wanted + " ")
              + "cannot be used: "
              + e.getMessage()
              + "; choose another with --data",
          e);
    }
  }

  public Path path() {
    return path;
  }

  public boolean isTemporary() {
    return temporary;
  }

  /** Fails when the disk is full, or so nearly that processes here are failing already. */
  public void check() {
    try {
      requireSpace(path, LEAST_FREE);
    } catch (IOException e) {
      throw new LocalFailure("the space left in " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireSpace(Path path, long least) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace();
    if (free < least) {
      throw new LocalFailure(
          path
              + " has "
              + (free >> 20)
              + " MB left, "
              + (least >> 20)
              + " are needed; free some space or choose another folder with --data");
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
    Files.deleteIfExists(path.resolve("lock"));
    if (temporary) {
      FolderDeletion.of(path);
    }
  }

  private static DataFolder lock(Path path, boolean temporary) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw new LocalFailure(
          path + " is in use by another stack; stop it or choose another folder with --data");
    }
    return new DataFolder(path, temporary, channel, lock);
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // a stack of this very process holds it
    }
  }
}
