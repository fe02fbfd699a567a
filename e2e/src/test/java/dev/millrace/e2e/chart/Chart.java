package dev.millrace.e2e.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The chart of this checkout, installed by real Helm as an administrator does.
 *
 * @param folder the chart
 * @param kubeconfig the administrator's
 */
record Chart(Path folder, Path kubeconfig) {
  static final String RELEASE = "millrace";
  static final String NAMESPACE = "millrace-system";
  static final Path SHIPPED = Path.of(System.getProperty("millrace.root"), "helm-chart");

  static Chart shipped(Path kubeconfig) {
    return new Chart(SHIPPED, kubeconfig);
  }

  /** The values that the chart's own tests render, by the names of their files. */
  static Stream<String> matrix() throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED.resolve("ci"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  /** One file of the matrix. */
  static String values(String file) throws IOException {
    return Files.readString(SHIPPED.resolve("ci").resolve(file));
  }

  /** Installs; what is returned holds the notes. */
  Release install(String values) {
    return withFile(
        values,
        file ->
            new Helm(folder)
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .withValuesFile(file)
                .call());
  }

  Release upgrade(String values) {
    return withFile(
        values,
        file ->
            new Helm(folder)
                .upgrade()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .withValuesFile(file)
                .call());
  }

  /** Uninstalls and returns once the hook has succeeded. */
  void uninstall() {
    Helm.uninstall(RELEASE).withNamespace(NAMESPACE).withKubeConfig(kubeconfig).call();
  }

  /** Uninstalls without the hook, whatever there is. */
  void uninstallWithoutHooks() {
    Helm.uninstall(RELEASE)
        .withNamespace(NAMESPACE)
        .withKubeConfig(kubeconfig)
        .noHooks()
        .ignoreNotFound()
        .call();
  }

  private static <T> T withFile(String values, Function<Path, T> use) {
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
}
