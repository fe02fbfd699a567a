package dev.millrace.local.controlplane;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The API server's audit log: one line per finished request, written before the answer is seen by
 * the one who asked. Watches appear when they end.
 */
public final class AuditLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  AuditLog(Path file) {
    this.file = file;
  }

  /** Where the log ends now; requests that finish from here on are {@link #since} it. */
  public long mark() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** All requests since the first start in this folder. */
  public List<AuditEntry> entries() {
    return since(0);
  }

  /**
   * The requests that finished after a mark, in the order of the log.
   *
   * @param mark what {@link #mark} returned
   */
  public List<AuditEntry> since(long mark) {
    return text(mark).lines().map(AuditLog::entry).toList();
  }

  /** Whole lines only: the last one may be in the writing. */
  private String text(long mark) {
    if (!Files.exists(file)) {
      return "";
    }
    try (var channel = FileChannel.open(file)) {
      var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - mark));
      while (bytes.hasRemaining() && channel.read(bytes, mark + bytes.position()) >= 0) {}
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static AuditEntry entry(String line) {
    try {
      return AuditEntry.of(JSON.readTree(line));
    } catch (IOException broken) {
      throw new UncheckedIOException("not an audit event: " + line, broken);
    }
  }
}
