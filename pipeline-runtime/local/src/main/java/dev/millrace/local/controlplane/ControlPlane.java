package dev.millrace.local.controlplane;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.process.ChildProcess;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Kubernetes control plane on free ports of 127.0.0.1: etcd, kube-apiserver with role-based
 * access, Pod Security and quotas, and kube-controller-manager. Its processes end with this one.
 * Starting again in the same folder finds the same objects, on other ports and with other tokens.
 */
public final class ControlPlane implements AutoCloseable {
  private final Path folder;
  private final ControlPlaneOptions options;
  private final ControlPlaneFiles files;
  private final int etcdPort = LoopbackPorts.free();
  private final int port = LoopbackPorts.free();
  private ChildProcess etcd;
  private ChildProcess apiServer;
  private ChildProcess controllerManager;

  private ControlPlane(Path folder, ControlPlaneOptions options) throws IOException {
    this.folder = folder;
    this.options = options;
    files = new ControlPlaneFiles(folder, options.users());
  }

  /**
   * Starts all three and returns when objects can be created, the default service account of the
   * first namespace being there.
   *
   * @param folder data, keys, tokens, logs; created when missing
   */
  public static ControlPlane start(Path folder, ControlPlaneOptions options) throws IOException {
    var plane = new ControlPlane(folder.toAbsolutePath(), options);
    try {
      plane.startAll();
      return plane;
    } catch (IOException | RuntimeException failed) {
      plane.stop();
      throw failed;
    }
  }

  /** Address of the API server. */
  public String url() {
    return "https://127.0.0.1:" + port;
  }

  /** Of the administrator, for kubectl and helm. */
  public Path kubeconfig() {
    return folder.resolve("administrator.kubeconfig");
  }

  /** Of the administrator. */
  public Config adminConfig() {
    return configFor(files.token(ControlPlaneFiles.ADMINISTRATOR));
  }

  /** A client with a token, such as one of {@link #tokenFor} or {@link #tokenOf}. */
  public Config configFor(String token) {
    return access(token).config();
  }

  /** Writes a kubeconfig with a token; only its owner can read it. */
  public void writeKubeconfig(Path file, String token) {
    access(token).write(file);
  }

  /**
   * Writes the administrator's kubeconfig; only its owner can read it.
   *
   * @param namespace of commands that name none
   */
  public void writeAdminKubeconfig(Path file, String namespace) {
    String token = files.token(ControlPlaneFiles.ADMINISTRATOR);
    new Kubeconfig(url(), files.certificateAuthority(), token, namespace).write(file);
  }

  /** Token of a user that the options name. */
  public String tokenOf(String user) {
    return files.token(user);
  }

  /** Token of a service account, as a pod gets it, valid for a day. */
  public String tokenFor(String namespace, String serviceAccount) {
    return tokenFor(namespace, serviceAccount, Duration.ofDays(1));
  }

  /** Token of a service account, valid for as long as is said. */
  public String tokenFor(String namespace, String serviceAccount, Duration validity) {
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(validity.toSeconds())
            .endSpec()
            .build();
    try (var client = client()) {
      return client
          .serviceAccounts()
          .inNamespace(namespace)
          .withName(serviceAccount)
          .tokenRequest(request)
          .getStatus()
          .getToken();
    }
  }

  /** Fails when one of its processes has ended by itself. */
  public synchronized void check() {
    for (ChildProcess child : List.of(etcd, apiServer, controllerManager)) {
      if (!child.isAlive()) {
        throw new LocalFailure(child.name() + " has ended; see " + child.log());
      }
    }
  }

  /** Every request that was answered. */
  public AuditLog audit() {
    if (!options.auditing()) {
      throw new IllegalStateException("this control plane was started without an audit log");
    }
    return new AuditLog(files.auditLog());
  }

  /** Ends the API server as a crash does: connections break, then are refused. */
  public synchronized void stopApiServer() {
    apiServer.kill();
  }

  /**
   * Starts it again at the same address; returns when it is ready. The controllers come back later:
   * they wait between their attempts to connect.
   */
  public synchronized void startApiServer() throws IOException {
    apiServer = launch("kube-apiserver", Commands.apiServer(options, files, port, etcdPort));
    Readiness.await(apiServer, this::isServing);
  }

  /** Ends everything; the folder stays. */
  public synchronized void stop() {
    for (ChildProcess child : new ChildProcess[] {controllerManager, apiServer, etcd}) {
      if (child != null) {
        child.kill();
      }
    }
  }

  @Override
  public void close() {
    stop();
  }

  private synchronized void startAll() throws IOException {
    Path data = folder.resolve("etcd");
    etcd = launch("etcd", Commands.etcd(options.binaries(), data, etcdPort, LoopbackPorts.free()));
    startApiServer();
    access(files.token(ControlPlaneFiles.ADMINISTRATOR)).write(kubeconfig());
    Path own = folder.resolve("controller-manager.kubeconfig");
    access(files.token(ControlPlaneFiles.CONTROLLER_MANAGER)).write(own);
    controllerManager =
        launch("kube-controller-manager", Commands.controllerManager(options, files, own));
    try (var client = client()) {
      Readiness.await(controllerManager, () -> hasDefaultServiceAccount(client));
    }
  }

  private ChildProcess launch(String name, List<String> command) throws IOException {
    return ChildProcess.start(
        name, GuardedCommand.of(command), folder, folder.resolve("log").resolve(name + ".log"));
  }

  private boolean isServing() {
    if (!Files.exists(files.certificateAuthority())) {
      return false;
    }
    try (var client = client()) {
      return "ok".equals(client.raw("/readyz"));
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  private static boolean hasDefaultServiceAccount(KubernetesClient client) {
    return client.serviceAccounts().inNamespace("default").withName("default").get() != null;
  }

  private KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(adminConfig()).build();
  }

  private Kubeconfig access(String token) {
    return new Kubeconfig(url(), files.certificateAuthority(), token, "default");
  }
}
