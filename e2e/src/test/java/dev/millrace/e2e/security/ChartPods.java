package dev.millrace.e2e.security;

import com.marcnuri.helm.Helm;
import dev.millrace.e2e.security.RenderedPods.Rendered;
import dev.millrace.local.process.Installation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The chart's own pods: operator and uninstall hook, for every values file of its matrix. */
final class ChartPods {
  private static final String HOOK = "helm.sh/hook:";
  private static final Set<String> CHART_FILES =
      Set.of("Chart.yaml", "values.yaml", "values.schema.json");

  private ChartPods() {}

  /**
   * @param folder where a copy of the chart may be made
   */
  static List<Rendered> all(Path folder) throws IOException {
    Path chart = Installation.root().resolve("helm-chart");
    Path copy = withVisibleHooks(chart, folder);
    var pods = new ArrayList<Rendered>();
    try (Stream<Path> matrix = Files.list(chart.resolve("ci"))) {
      for (Path values : matrix.sorted().toList()) {
        pods.addAll(render(copy, values));
      }
    }
    return pods;
  }

  private static List<Rendered> render(Path chart, Path values) {
    String manifest =
        new Helm(chart)
            .template()
            .withName("millrace")
            .withNamespace("millrace-system")
            .withKubeVersion("1.34.0")
            .withValuesFile(values)
            .call();
    return Stream.of(manifest.split("(?m)^---$"))
        .filter(document -> document.contains("kind:"))
        .map(document -> (Object) Serialization.unmarshal(document))
        .flatMap(object -> RenderedPods.of(values.getFileName().toString(), object).stream())
        .toList();
  }

  /** Not what builds and tests leave beside it: some of that is no text. */
  private static boolean isPartOfChart(Path path) {
    return path.startsWith("templates") && !path.endsWith("NOTES.txt")
        || path.startsWith("files")
        || CHART_FILES.contains(path.toString());
  }

  /** The library renders no hooks, so they become ordinary objects; nor notes without a cluster. */
  private static Path withVisibleHooks(Path chart, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(chart)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path path = chart.relativize(file);
        if (isPartOfChart(path)) {
          Files.createDirectories(copy.resolve(path).getParent());
          Files.writeString(
              copy.resolve(path), Files.readString(file).replace(HOOK, "chart.test/hook:"));
        }
      }
    }
    return copy;
  }
}
