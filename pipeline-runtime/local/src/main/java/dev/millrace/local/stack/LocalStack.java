package dev.millrace.local.stack;

import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.LocalFailure;
import dev.millrace.local.actor.FlinkCluster;
import dev.millrace.local.actor.LocalCluster;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.terminal.Text;
import dev.millrace.operator.desired.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything a pipeline needs, on this machine: the services, and the neighbours' actors fed with
 * the objects the operator would apply (architecture.md §5).
 */
public final class LocalStack implements RunningStack {
  private static final Duration JOB_START = Duration.ofSeconds(120);

  private final Terminal terminal;
  private final DataFolder folder;
  private final StackOptions options;
  private final StackServices services;
  private long flinkNanos;
  private LocalCluster cluster;
  private Planning planning;
  private StackState state;
  private boolean closed;

  private LocalStack(Terminal terminal, DataFolder folder, StackOptions options) {
    this.terminal = terminal;
    this.folder = folder;
    this.options = options;
    services = new StackServices(folder.path());
  }

  /**
   * Starts services and jobs.
   *
   * @param resources folder of YAML whose plans are known to be valid
   */
  public static LocalStack start(Path resources, StackOptions options, Terminal terminal)
      throws Exception {
    var stack = new LocalStack(terminal, DataFolder.open(options.data()), options);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack"));
    try {
      terminal.progress("starting kafka");
      stack.services.start(options);
      stack.apply(resources);
      return stack;
    } catch (Exception e) {
      stack.close();
      throw e;
    }
  }

  private void apply(Path resources) throws Exception {
    planning = Planning.of(resources, services.addresses());
    if (planning.printRefused(terminal)) {
      throw new LocalFailure("nothing was started; correct the resources above");
    }
    cluster =
        new LocalCluster(
            folder.path(), services.addresses().bootstrapServers(), options.flinkPort());
    long start = System.nanoTime();
    terminal.progress("starting flink");
    for (HasMetadata object : objects()) {
      cluster.apply(object);
    }
    cluster.notes().forEach(note -> terminal.err().println("! " + note));
    for (FlinkCluster job : cluster.flinkClusters()) {
      awaitRunning(job);
    }
    flinkNanos = System.nanoTime() - start;
    state = publish(resources);
  }

  // A deployment that is created suspended never runs (neighbours.md §2.7), so it is withheld.
  private List<HasMetadata> objects() {
    var objects = new ArrayList<HasMetadata>();
    for (PlannedPipeline pipeline : planning.pipelines()) {
      boolean suspended = pipeline.plan().suspended();
      pipeline.objects().stream()
          .filter(object -> !suspended || !object.getKind().equals("FlinkDeployment"))
          .forEach(objects::add);
    }
    planning.labelWindows().forEach(window -> objects.addAll(window.objects()));
    return objects;
  }

  private void awaitRunning(FlinkCluster cluster) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + JOB_START.toNanos();
    while (!cluster.isRunning()) {
      failWith(cluster);
      if (System.nanoTime() > deadline) {
        throw new LocalFailure(
            "the Flink job is not running after "
                + JOB_START.toSeconds()
                + " s; see "
                + cluster.log());
      }
      terminal.progress("starting flink");
      Thread.sleep(100);
    }
  }

  @Override
  public void check() {
    folder.check(); // a full disk makes everything else fail, each part with words of its own
    services.check();
    cluster.flinkClusters().forEach(LocalStack::failWith);
  }

  private static void failWith(FlinkCluster cluster) {
    if (!cluster.failure().isEmpty()) {
      throw new LocalFailure(
          "the Flink job failed: " + cluster.failure() + "; see " + cluster.log());
    }
  }

  private StackState publish(Path resources) throws IOException {
    var documents = new StackDocuments(folder.path());
    documents.keepCopies(resources);
    Addresses addresses = services.addresses();
    var published =
        new StackState(
            ProcessHandle.current().pid(),
            folder.path().toString(),
            addresses.bootstrapServers(),
            addresses.redisPort(),
            documents.write(documents()),
            documents.writeExtracts(planning.labelWindows()));
    published.publish();
    return published;
  }

  @Override
  public Path data() {
    return folder.path();
  }

  public boolean isTemporary() {
    return folder.isTemporary();
  }

  @Override
  public Planning planning() {
    return planning;
  }

  @Override
  public StackState state() {
    return state;
  }

  @Override
  public List<PipelineDocument> documents() {
    return planning.pipelines().stream().map(PlannedPipeline::document).toList();
  }

  @Override
  public List<String> remarks() {
    return List.of();
  }

  /** The actors and what they run. */
  public LocalCluster cluster() {
    return cluster;
  }

  /** The job of a pipeline, or null while it is suspended. */
  public FlinkCluster job(PlannedPipeline pipeline) {
    return cluster.flinkCluster(
        Names.flinkDeployment(pipeline.plan().name(), pipeline.plan().version()));
  }

  /** How long each service took: {@code kafka 3.1s, redis 0.2s, flink 2.6s}. */
  public String startTimes() {
    return "kafka "
        + Text.seconds(services.kafkaNanos())
        + ", redis "
        + Text.seconds(services.redisNanos())
        + ", flink "
        + Text.seconds(flinkNanos);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (cluster != null) {
      cluster.close();
    }
    services.close();
    try {
      if (state != null) {
        state.withdraw();
      }
      folder.close();
    } catch (IOException e) {
      terminal.err().println("! " + folder.path() + " could not be cleaned up: " + e.getMessage());
    }
  }
}
