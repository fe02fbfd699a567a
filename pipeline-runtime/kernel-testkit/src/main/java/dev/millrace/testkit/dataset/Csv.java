package dev.millrace.testkit.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Comma-separated files without quotes, plain or gzipped, with one header line. */
final class Csv {
  private Csv() {}

  /**
   * Hands every line's fields to the consumer; empty fields are empty strings.
   *
   * @throws IllegalArgumentException if the header is another one
   */
  static void read(Path file, String header, Consumer<String[]> line) {
    try (BufferedReader reader = open(file)) {
      String found = reader.readLine();
      if (!header.equals(found)) {
        throw new IllegalArgumentException(file + " starts with " + found + ", not " + header);
      }
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line.accept(text.split(",", -1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    if (file.toString().endsWith(".gz")) {
      bytes = new GZIPInputStream(bytes, 1 << 16);
    }
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
  }
}
