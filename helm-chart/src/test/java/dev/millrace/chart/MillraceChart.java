package dev.millrace.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The chart, rendered by real Helm without a cluster. */
final class MillraceChart {
  static final String RELEASE = "millrace";
  static final String NAMESPACE = "millrace-system";
  static final Path ROOT = Path.of(System.getProperty("millrace.root"));
  static final Path FOLDER = ROOT.resolve("helm-chart");

  /** What an annotation {@code helm.sh/hook} is called in what is rendered here. */
  static final String VISIBLE_HOOK = "chart.test/hook";

  static final YAMLMapper YAML = new YAMLMapper();

  private static final String KUBERNETES = "1.34.0";
  private static final Path WITH_HOOKS = withVisibleHooks();

  private MillraceChart() {}

  /** The values of the render matrix, by the names of their files. */
  static Stream<String> matrix() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Objects made from one file of the matrix. */
  static List<JsonNode> renderFile(String file) {
    return objects(template(FOLDER.resolve("ci").resolve(file)));
  }

  /** Objects made from values written as YAML. */
  static List<JsonNode> render(String values) {
    return withValuesFile(values, file -> objects(template(file)));
  }

  /** What the installation would print, from a dry run without a cluster. */
  static String notes(String values) {
    return withValuesFile(
        values,
        file ->
            new Helm(FOLDER)
                .install()
                .clientOnly()
                .dryRun()
                .withDryRunOption(DryRun.CLIENT)
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(file)
                .call()
                .getOutput());
  }

  static JsonNode only(List<JsonNode> objects, String kind, String name) {
    List<JsonNode> found =
        objects.stream()
            .filter(object -> object.path("kind").asText().equals(kind))
            .filter(object -> object.at("/metadata/name").asText().equals(name))
            .toList();
    if (found.size() > 1) {
      throw new AssertionError(kind + " " + name + " occurs " + found.size() + " times");
    }
    return found.isEmpty() ? MissingNode.getInstance() : found.get(0);
  }

  static List<JsonNode> ofKind(List<JsonNode> objects, String... kinds) {
    return objects.stream()
        .filter(object -> List.of(kinds).contains(object.path("kind").asText()))
        .toList();
  }

  private static String template(Path values) {
    return new Helm(WITH_HOOKS)
        .template()
        .withName(RELEASE)
        .withNamespace(NAMESPACE)
        .withKubeVersion(KUBERNETES)
        .withValuesFile(values)
        .call();
  }

  private static List<JsonNode> objects(String manifest) {
    var objects = new ArrayList<JsonNode>();
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(manifest)) {
      documents.forEachRemaining(
          document -> {
            if (document.isObject()) {
              objects.add(document);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return objects;
  }

  private static <T> T withValuesFile(String values, Function<Path, T> use) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, values);
        return use.apply(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A copy of the chart whose hooks are ordinary objects: the library renders no hooks, and they
   * are held to the same rules. Without NOTES.txt, for which the library asks a cluster.
   */
  private static Path withVisibleHooks() {
    Path copy = FOLDER.resolve("target/chart-with-visible-hooks");
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(MillraceChart::packaged).toList()) {
        Path target = copy.resolve(FOLDER.relativize(file));
        Files.createDirectories(target.getParent());
        Files.writeString(
            target, Files.readString(file).replace("helm.sh/hook:", VISIBLE_HOOK + ":"));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean packaged(Path file) {
    Path path = FOLDER.relativize(file);
    return Files.isRegularFile(file)
        && !path.endsWith("NOTES.txt")
        && (path.startsWith("templates")
            || path.startsWith("files")
            || Set.of("Chart.yaml", "values.yaml", "values.schema.json").contains(path.toString()));
  }
}
