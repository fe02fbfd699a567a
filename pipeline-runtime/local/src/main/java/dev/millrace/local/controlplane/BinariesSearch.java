package dev.millrace.local.controlplane;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the programs of a control plane can be, in the order of architecture.md §4.
 *
 * @param environment variables of this process
 * @param home folder of the user
 */
record BinariesSearch(Map<String, String> environment, Path home) {
  private static final String ASSETS = "KUBEBUILDER_ASSETS";

  /**
   * The first place that has all of them.
   *
   * @param build puts them into the cache, or says why it cannot
   */
  BinariesResult find(Supplier<Optional<String>> build) {
    var reasons = new ArrayList<String>();
    String assets = environment.getOrDefault(ASSETS, "");
    if (!assets.isEmpty()) {
      List<String> missing = missingIn(Path.of(assets));
      if (missing.isEmpty()) {
        return found(Path.of(assets));
      }
      reasons.add(ASSETS + "=" + assets + " lacks " + String.join(", ", missing));
    }
    if (isBuilt()) {
      return found(cache());
    }
    reasons.add(cache() + " is not built");
    Optional<String> failure = build.get();
    if (failure.isEmpty() && isBuilt()) {
      return found(cache());
    }
    reasons.add(failure.orElse("building did not complete it"));
    return new BinariesResult.Missing(
        String.join("; ", reasons) + "; run e2e/controlplane/build.sh with Go 1.24 or later");
  }

  /** Where build.sh puts them. */
  Path cache() {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches = xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
    return caches.resolve(
        "millrace/controlplane/kubernetes-%s-etcd-%s"
            .formatted(ControlPlaneBinaries.KUBERNETES, ControlPlaneBinaries.ETCD));
  }

  private boolean isBuilt() {
    return Files.exists(cache().resolve("complete"));
  }

  private static BinariesResult found(Path folder) {
    return new BinariesResult.Found(new ControlPlaneBinaries(folder));
  }

  private static List<String> missingIn(Path folder) {
    return ControlPlaneBinaries.PROGRAMS.stream()
        .filter(program -> !Files.isExecutable(folder.resolve(program)))
        .toList();
  }
}
