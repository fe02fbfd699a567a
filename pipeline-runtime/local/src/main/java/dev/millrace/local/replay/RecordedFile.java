package dev.millrace.local.replay;

import dev.millrace.contract.EventSchema;
import dev.millrace.local.LocalFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;

/** Reads one recorded file, line by line, as the records its topic would carry. */
public final class RecordedFile implements Iterator<RecordedEvent>, AutoCloseable {
  private final BufferedReader lines;
  private final LineFormat format;
  private final String topic;
  private RecordedEvent next;

  private RecordedFile(BufferedReader lines, LineFormat format, String topic) {
    this.lines = lines;
    this.format = format;
    this.topic = topic;
  }

  /**
   * Opens a file.
   *
   * @param file {@code .csv}, {@code .jsonl} or {@code .json}, optionally {@code .gz}
   * @param topic topic in Kafka
   * @param schema schema of the topic's records
   * @param key column that becomes the key; empty for none
   * @param time column that orders the records; empty for the schema's event time field
   */
  public static RecordedFile open(
      Path file, String topic, EventSchema schema, String key, String time) {
    try {
      var lines =
          new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8), 1 << 16);
      String timeColumn = time.isEmpty() ? schema.eventTimeField() : time;
      LineFormat format = format(file, lines, schema, key, timeColumn);
      var recorded = new RecordedFile(lines, format, topic);
      recorded.advance();
      return recorded;
    } catch (IOException e) {
      throw new LocalFailure(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** When the next record is sent, in the recording's time; only when {@link #hasNext}. */
  public long nextSendMillis() {
    return next.sendMillis();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public RecordedEvent next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    RecordedEvent event = next;
    try {
      advance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return event;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private void advance() throws IOException {
    String line = lines.readLine();
    while (line != null && line.isBlank()) {
      line = lines.readLine();
    }
    next = line == null ? null : format.parse(topic, line);
  }

  private static LineFormat format(
      Path file, BufferedReader lines, EventSchema schema, String key, String time)
      throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.gz$", "");
    if (name.endsWith(".csv")) {
      String header = lines.readLine();
      if (header == null) {
        throw new LocalFailure(file + " is empty; its first line must name the columns");
      }
      return new CsvFormat(file, header, schema, key, time);
    }
    if (name.endsWith(".jsonl") || name.endsWith(".json")) {
      return new JsonLinesFormat(schema, key, time);
    }
    throw new LocalFailure(file + " has no known format; give a .csv or .jsonl file");
  }

  private static InputStream open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
  }
}
