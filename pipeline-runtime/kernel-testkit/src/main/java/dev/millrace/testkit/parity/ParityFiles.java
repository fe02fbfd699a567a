package dev.millrace.testkit.parity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The fixtures' files, as resources of this module. */
final class ParityFiles {
  private ParityFiles() {}

  static String text(String fixture, String file) {
    String path = "/parity/" + fixture + "/" + file;
    try (InputStream bytes = ParityFiles.class.getResourceAsStream(path)) {
      if (bytes == null) {
        throw new IllegalArgumentException("no fixture file " + path);
      }
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** Fields of every line, the header first. */
  static List<String[]> lines(String fixture, String file) {
    return text(fixture, file).lines().map(line -> line.split(",", -1)).toList();
  }
}
