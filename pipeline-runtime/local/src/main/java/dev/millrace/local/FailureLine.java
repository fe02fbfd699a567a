package dev.millrace.local;

import dev.millrace.contract.MillraceFailure;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns whatever ended a command into one line for people. */
final class FailureLine {
  private static final String NO_SPACE = "No space left on device";

  private FailureLine() {}

  static String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String line = known(cause);
      if (line != null) {
        return line;
      }
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.toString() : root.getMessage();
    return oneLine(text) + " (" + root.getClass().getSimpleName() + "; -v writes the details)";
  }

  private static String known(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof LocalFailure || cause instanceof MillraceFailure) {
      return oneLine(text);
    }
    if (text.contains(NO_SPACE)) {
      return "the disk is full"
          + (cause instanceof FileSystemException file ? " at " + file.getFile() : "")
          + "; free some space or choose another folder with --data";
    }
    if (cause instanceof BindException) {
      return "a port is in use (" + oneLine(text) + "); stop its owner or choose another";
    }
    if (cause instanceof NoSuchFileException file) {
      return file.getFile() + " does not exist; check the path";
    }
    if (cause instanceof AccessDeniedException file) {
      return file.getFile() + " may not be read or written by this user; check its permissions";
    }
    return null;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " · ");
  }
}
