package dev.millrace.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of the places, and what is said when none has the programs. */
class BinariesSearchTest {
  @TempDir private Path home;

  @Test
  void prefersTheFolderThatTheEnvironmentNames() {
    Path assets = programs("assets", "etcd", "kube-apiserver", "kube-controller-manager");
    complete(search(Map.of()));

    assertThat(search(Map.of("KUBEBUILDER_ASSETS", assets.toString())).find(never()))
        .isEqualTo(found(assets));
  }

  @Test
  void looksFurtherWhenThatFolderLacksAProgram() {
    Path assets = programs("assets", "etcd", "kube-apiserver");
    var search = search(Map.of("KUBEBUILDER_ASSETS", assets.toString()));
    complete(search);

    assertThat(search.find(never())).isEqualTo(found(search.cache()));
  }

  @Test
  void buildsIntoTheCacheThatTheEnvironmentNames() {
    var search = search(Map.of("XDG_CACHE_HOME", home.resolve("xdg").toString()));

    BinariesResult result =
        search.find(
            () -> {
              complete(search);
              return Optional.empty();
            });

    assertThat(result).isEqualTo(found(search.cache()));
    assertThat(search.cache()).startsWith(home.resolve("xdg"));
  }

  @Test
  void saysOfEveryPlaceWhatIsWrongWithIt() {
    Path assets = programs("assets", "etcd", "kube-apiserver");
    var search = search(Map.of("KUBEBUILDER_ASSETS", assets.toString()));

    assertThat(search.find(() -> Optional.of("no Go toolchain")))
        .isEqualTo(
            new BinariesResult.Missing(
                "KUBEBUILDER_ASSETS=%s lacks kube-controller-manager; %s is not built; %s; %s"
                    .formatted(
                        assets,
                        search.cache(),
                        "no Go toolchain",
                        "run e2e/controlplane/build.sh with Go 1.24 or later")));
  }

  private BinariesSearch search(Map<String, String> environment) {
    return new BinariesSearch(environment, home);
  }

  private static BinariesResult found(Path folder) {
    return new BinariesResult.Found(new ControlPlaneBinaries(folder));
  }

  private static Supplier<Optional<String>> never() {
    return () -> {
      throw new AssertionError("nothing needs to be built");
    };
  }

  private static void complete(BinariesSearch search) {
    try {
      Files.createDirectories(search.cache());
      Files.createFile(search.cache().resolve("complete"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path programs(String folder, String... names) {
    try {
      Path path = Files.createDirectories(home.resolve(folder));
      for (String name : names) {
        Files.createFile(path.resolve(name)).toFile().setExecutable(true);
      }
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
