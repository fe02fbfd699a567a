package dev.millrace.local.controlplane;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

  static final List<String> PROGRAMS = List.of("etcd", "kube-apiserver", "kube-controller-manager");

  /**
   * Looks in {@code KUBEBUILDER_ASSETS}, then in the user's cache, then builds them when there is a
   * Go toolchain. Building takes minutes, once per user.
   */
  public static BinariesResult find() {
    return search().find(BinariesBuild::run);
  }

  /** The same without building. */
  public static BinariesResult findBuilt() {
    return search().find(() -> Optional.of("building was not asked for"));
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

  private static BinariesSearch search() {
    return new BinariesSearch(System.getenv(), Path.of(System.getProperty("user.home")));
  }
}
