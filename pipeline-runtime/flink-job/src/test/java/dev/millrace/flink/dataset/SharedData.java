package dev.millrace.flink.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Published data sets that are not shipped; see their READMEs for provenance. */
final class SharedData {
  private SharedData() {}

  /** The file, or a skipped test that says which file is absent. */
  static Path require(String name) {
    Path file = Path.of(System.getProperty("millrace.shared.data", "absent"), name);
    Assumptions.assumeTrue(Files.exists(file), "data set " + name + " is not on this machine");
    return file;
  }

  /** Hands every line but the header to a consumer, split at commas. */
  static void lines(String name, Consumer<String[]> consumer) throws IOException {
    Path file = require(name);
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        consumer.accept(line.split(",", -1));
      }
    }
  }
}
