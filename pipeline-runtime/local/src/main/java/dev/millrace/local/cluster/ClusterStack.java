package dev.millrace.local.cluster;

import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import dev.millrace.local.resource.ResourceFolder;
import dev.millrace.local.stack.DataFolder;
import dev.millrace.local.stack.Planning;
import dev.millrace.local.stack.RunningStack;
import dev.millrace.local.stack.StackOptions;
import dev.millrace.local.stack.StackServices;
import dev.millrace.local.stack.StackState;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.terminal.Text;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A folder's resources on a real API server of this machine: applied as {@code kubectl apply} does,
 * reconciled by the operator, run by the neighbours' actors (architecture.md §5).
 */
public final class ClusterStack implements RunningStack {
  private static final Duration FIRST_READY = Duration.ofSeconds(180);

  private final Terminal terminal;
  private final DataFolder folder;
  private final StackServices services;
  private final ClusterServices cluster;
  private long controlPlaneNanos;
  private long operatorNanos;
  private long readyNanos;
  private ServerResources resources;
  private ClusterView view;
  private Path kubeconfig;
  private boolean closed;

  private ClusterStack(Terminal terminal, DataFolder folder) {
    this.terminal = terminal;
    this.folder = folder;
    services = new StackServices(folder.path());
    cluster = new ClusterServices(folder.path());
  }

  /**
   * Starts everything, applies the folder and waits until its resources are ready, or will not be
   * without somebody's help.
   *
   * @param resources folder of YAML whose plans are known to be valid
   * @param namespaces those of its resources
   */
  public static ClusterStack start(
      Path resources,
      Set<String> namespaces,
      ControlPlaneBinaries binaries,
      StackOptions options,
      Terminal terminal)
      throws Exception {
    var stack = new ClusterStack(terminal, DataFolder.open(options.data()));
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack"));
    try {
      terminal.progress("starting kafka");
      stack.services.start(options);
      stack.startCluster(binaries, namespaces);
      stack.apply(resources);
      return stack;
    } catch (Exception e) {
      stack.close();
      throw e;
    }
  }

  private void startCluster(ControlPlaneBinaries binaries, Set<String> namespaces)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    terminal.progress("starting the API server");
    cluster.startControlPlane(binaries);
    long between = System.nanoTime();
    terminal.progress("starting the operator");
    cluster.startOperator(services.addresses(), namespaces);
    controlPlaneNanos = between - start;
    operatorNanos = System.nanoTime() - between;
    kubeconfig =
        cluster.kubeconfig(
            namespaces.size() == 1 ? namespaces.iterator().next() : ResourceFolder.NAMESPACE);
  }

  private void apply(Path folderOfResources) throws IOException, InterruptedException {
    long start = System.nanoTime();
    resources = new ServerResources(cluster.client());
    resources.apply(folderOfResources);
    view = new ClusterView(folder.path(), services.addresses(), cluster.client());
    List<String> waiting = resources.notReady();
    while (!waiting.isEmpty()
        && !resources.isAnyStalled()
        && System.nanoTime() - start < FIRST_READY.toNanos()) {
      check();
      terminal.progress("waiting · " + waiting.get(0));
      Thread.sleep(200);
      waiting = resources.notReady();
    }
    readyNanos = System.nanoTime() - start;
    view.refresh();
  }

  /** For kubectl; whoever has it is administrator of this control plane. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /** Base address of all jobs' REST; append {@code /<namespace>/<deployment>}. */
  public URI flinkRest() {
    return cluster.flinkRest();
  }

  /** How long each part took. */
  public String startTimes() {
    return "kafka %s, redis %s, API server %s, operator %s, resources %s"
        .formatted(
            Text.seconds(services.kafkaNanos()),
            Text.seconds(services.redisNanos()),
            Text.seconds(controlPlaneNanos),
            Text.seconds(operatorNanos),
            Text.seconds(readyNanos));
  }

  @Override
  public Path data() {
    return folder.path();
  }

  @Override
  public Planning planning() {
    return view.planning();
  }

  @Override
  public StackState state() {
    return view.state();
  }

  @Override
  public List<PipelineDocument> documents() throws IOException {
    view.refresh();
    return view.documents();
  }

  @Override
  public List<String> remarks() {
    return resources.notReady();
  }

  @Override
  public void check() {
    folder.check();
    services.check();
    cluster.check();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    cluster.close();
    services.close();
    try {
      if (view != null && view.state() != null) {
        view.state().withdraw();
      }
      folder.close();
    } catch (IOException e) {
      terminal.err().println("! " + folder.path() + " could not be cleaned up: " + e.getMessage());
    }
  }
}
