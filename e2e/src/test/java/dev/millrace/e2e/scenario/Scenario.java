package dev.millrace.e2e.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder with {@code steps.yaml} and the files it names.
 *
 * @param folder where it lies
 * @param description one line: the behaviour it shows
 * @param steps in order; each is a map with one verb
 */
record Scenario(Path folder, String description, List<JsonNode> steps) {
  private static final YAMLMapper YAML = new YAMLMapper();

  static Scenario read(Path folder) throws IOException {
    JsonNode root = YAML.readTree(folder.resolve("steps.yaml").toFile());
    var steps = new ArrayList<JsonNode>();
    root.path("steps").forEach(steps::add);
    return new Scenario(folder, root.path("description").asText(), steps);
  }

  String name() {
    return folder.getFileName().toString();
  }

  String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
