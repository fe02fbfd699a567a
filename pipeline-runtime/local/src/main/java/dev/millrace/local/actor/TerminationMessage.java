package dev.millrace.local.actor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a finished container leaves behind, cut as a kubelet cuts it (neighbours.md §4.3). */
public final class TerminationMessage {
  private static final int LONGEST = 4096;
  private static final int LONGEST_LOG = 2048;
  private static final int MOST_LOG_LINES = 80;

  private TerminationMessage() {}

  /** Content of the message's file: at most 4096 bytes, the end kept; empty without a file. */
  public static String read(Path file) throws IOException {
    return Files.exists(file) ? tail(Files.readAllBytes(file), LONGEST) : "";
  }

  /** The end of the log, for the policy FallbackToLogsOnError: 2048 bytes or 80 lines at most. */
  public static String ofLog(Path log) throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    String end = tail(Files.readAllBytes(log), LONGEST_LOG);
    String[] lines = end.split("(?<=\n)");
    int from = Math.max(0, lines.length - MOST_LOG_LINES);
    return String.join("", Arrays.copyOfRange(lines, from, lines.length));
  }

  // Bytes, not characters: a character may be cut in two, as on a real node.
  private static String tail(byte[] bytes, int most) {
    int from = Math.max(0, bytes.length - most);
    return new String(Arrays.copyOfRange(bytes, from, bytes.length), StandardCharsets.UTF_8);
  }
}
