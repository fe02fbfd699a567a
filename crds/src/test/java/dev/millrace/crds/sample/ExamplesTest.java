package dev.millrace.crds.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.millrace.crds.admission.Admission;
import dev.millrace.crds.admission.CustomResourceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every resource below examples/ is admitted. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("millrace.root"), "examples");
  private static final Admission ADMISSION = new Admission();

  static List<Path> files() throws IOException {
    try (var files = Files.walk(EXAMPLES)) {
      return files.filter(ExamplesTest::holdsResources).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void areAdmitted(Path file) throws IOException {
    for (JsonNode document : documents(file)) {
      assertThat(ADMISSION.create(document)).isEmpty();
    }
  }

  private static boolean holdsResources(Path file) {
    try {
      return file.toString().endsWith(".yaml")
          && documents(file).stream()
              .anyMatch(document -> CustomResourceKind.of(document).isPresent());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file.toString(), unreadable);
    }
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    try (var documents =
        new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return documents.readAll();
    }
  }
}
