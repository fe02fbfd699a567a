package dev.millrace.local.replay;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.millrace.local.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Recorded streams: {@code recording.yaml} of an example folder.
 *
 * @param description what the streams are, one line for people
 * @param sources the files
 */
public record Recording(String description, List<Source> sources) {
  /** The file's name in a folder. */
  public static final String FILE = "recording.yaml";

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * One file in the order of its time column.
   *
   * @param file CSV with a header or JSON lines, either may be gzipped; relative to the folder
   * @param topic topic name as in the resource that reads it
   * @param key column that becomes the record's key, so that equal keys share a partition
   * @param time column that orders the replay over all files
   */
  public record Source(String file, String topic, String key, String time) {}

  /** The folder's recording, or null when it has none. */
  public static Recording read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return MAPPER.readValue(file.toFile(), Recording.class);
    } catch (IOException e) {
      throw new LocalFailure(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
