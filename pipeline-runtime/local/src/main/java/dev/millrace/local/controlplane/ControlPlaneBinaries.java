package dev.millrace.local.controlplane;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs of a control plane.
 *
 * @param folder folder that holds all of them
 */
public record ControlPlaneBinaries(Path folder) {
  /** Release that build.sh builds; e2e/controlplane/go.mod has the same. */
  static final String KUBERNETES = "v1.34.2";

  /** Release that build.sh builds; e2e/controlplane/etcd/go.mod has the same. */
  static final String ETCD = "v3.6.5";

  private static final List<String> PROGRAMS =
      List.of("etcd", "kube-apiserver", "kube-controller-manager");

  /**
   * Looks in {@code KUBEBUILDER_ASSETS}, then in the user's cache, then builds them when there is a
   * Go toolchain. Building takes minutes, once per user.
   */
  public static BinariesResult find() {
    return find(true);
  }

  /** The same without building. */
  public static BinariesResult findBuilt() {
    return find(false);
  }

  /** Where build.sh puts them. */
  static Path cache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches =
        xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return caches.resolve("millrace/controlplane/kubernetes-" + KUBERNETES + "-etcd-" + ETCD);
  }

  Path etcd() {
    return folder.resolve("etcd");
  }

  Path apiServer() {
    return folder.resolve("kube-apiserver");
  }

  Path controllerManager() {
    return folder.resolve("kube-controller-manager");
  }

  private static BinariesResult find(boolean mayBuild) {
    var reasons = new ArrayList<String>();
    String assets = System.getenv("KUBEBUILDER_ASSETS");
    if (assets != null && !assets.isEmpty()) {
      List<String> missing = missingIn(Path.of(assets));
      if (missing.isEmpty()) {
        return found(Path.of(assets));
      }
      reasons.add("KUBEBUILDER_ASSETS=" + assets + " lacks " + String.join(", ", missing));
    }
    if (Files.exists(cache().resolve("complete"))) {
      return found(cache());
    }
    reasons.add(cache() + " is not built");
    if (mayBuild) {
      var failure = BinariesBuild.run();
      if (failure.isEmpty()) {
        return found(cache());
      }
      reasons.add(failure.get());
    }
    return new BinariesResult.Missing(
        String.join("; ", reasons) + "; run e2e/controlplane/build.sh with Go 1.24 or later");
  }

  private static BinariesResult found(Path folder) {
    return new BinariesResult.Found(new ControlPlaneBinaries(folder));
  }

  private static List<String> missingIn(Path folder) {
    Stream<String> missing =
        PROGRAMS.stream().filter(program -> !Files.isExecutable(folder.resolve(program)));
    return missing.toList();
  }
}
