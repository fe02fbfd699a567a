package dev.millrace.local.stack;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.actor.FlinkCluster;
import dev.millrace.local.actor.LocalCluster;
import dev.millrace.local.process.FreePort;
import dev.millrace.local.service.KafkaBroker;
import dev.millrace.local.service.RedisStore;
import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.terminal.Text;
import dev.millrace.operator.desired.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Everything a pipeline needs, on this machine: the services, and the neighbours' actors fed with
 * the objects the operator would apply (architecture.md §5).
 */
public final class LocalStack implements AutoCloseable {
  private static final Duration JOB_START = Duration.ofSeconds(120);

  private final Terminal terminal;
  private final DataFolder folder;
  private final StackOptions options;
  private final Map<String, Long> startNanos = new LinkedHashMap<>();
  private final AtomicReference<String> brokerEnd = new AtomicReference<>();
  private KafkaBroker kafka;
  private RedisStore redis;
  private LocalCluster cluster;
  private Planning planning;
  private StackState state;
  private boolean closed;

  private LocalStack(Terminal terminal, DataFolder folder, StackOptions options) {
    this.terminal = terminal;
    this.folder = folder;
    this.options = options;
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
      stack.startServices();
      stack.apply(resources);
      return stack;
    } catch (Exception e) {
      stack.close();
      throw e;
    }
  }

  private void startServices() throws Exception {
    Path data = folder.path();
    ServiceLog.writeTo(Files.createDirectories(data.resolve("logs")).resolve("millrace.log"));
    int kafkaPort = FreePort.of(options.kafkaPort(), "--kafka-port");
    int redisPort = FreePort.of(options.redisPort(), "--redis-port");
    if (options.flinkPort() != 0) {
      FreePort.of(options.flinkPort(), "--flink-port");
    }
    long start = System.nanoTime();
    terminal.progress("starting kafka");
    kafka = KafkaBroker.start(data.resolve("kafka"), kafkaPort, FreePort.of(0, ""), brokerEnd::set);
    startNanos.put("kafka", System.nanoTime() - start);
    start = System.nanoTime();
    redis = RedisStore.start(data.resolve("redis"), redisPort, data.resolve("logs/redis.log"));
    startNanos.put("redis", System.nanoTime() - start);
  }

  private void apply(Path resources) throws Exception {
    planning =
        Planning.of(
            resources,
            new Addresses(
                kafka.bootstrapServers(), redis.port(), folder.path().resolve("offline")));
    if (planning.printRefused(terminal)) {
      throw new LocalFailure("nothing was started; correct the resources above");
    }
    cluster = new LocalCluster(folder.path(), kafka.bootstrapServers(), options.flinkPort());
    long start = System.nanoTime();
    terminal.progress("starting flink");
    for (HasMetadata object : objects()) {
      cluster.apply(object);
    }
    cluster.notes().forEach(note -> terminal.err().println("! " + note));
    for (FlinkCluster job : cluster.flinkClusters()) {
      awaitRunning(job);
    }
    startNanos.put("flink", System.nanoTime() - start);
    keepCopies(resources);
    state = publish();
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
    while (!isRunning(cluster)) {
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

  private static boolean isRunning(FlinkCluster cluster) {
    try {
      var rest = cluster.rest();
      return rest.isPresent() && rest.get().isRunning();
    } catch (IOException e) {
      return false; // its JVM is still starting, or starting again; the caller has a deadline
    }
  }

  /** Fails when a part of the stack has failed for good. */
  public void check() {
    folder.check(); // a full disk makes everything else fail, each part with words of its own
    if (brokerEnd.get() != null) {
      throw new LocalFailure(brokerEnd.get());
    }
    cluster.flinkClusters().forEach(LocalStack::failWith);
  }

  private static void failWith(FlinkCluster cluster) {
    if (!cluster.failure().isEmpty()) {
      throw new LocalFailure(
          "the Flink job failed: " + cluster.failure() + "; see " + cluster.log());
    }
  }

  // A later plan compares with what was applied, not with what the files say by then.
  private void keepCopies(Path resources) throws IOException {
    Path copies = Files.createDirectories(folder.path().resolve(StackState.RESOURCES));
    try (Stream<Path> files =
        Files.isDirectory(resources) ? Files.list(resources) : Stream.of(resources)) {
      for (Path file : files.filter(name -> name.toString().matches(".*\\.ya?ml")).toList()) {
        Files.copy(file, copies.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private StackState publish() throws IOException {
    var published =
        new StackState(
            ProcessHandle.current().pid(),
            folder.path().toString(),
            kafka.bootstrapServers(),
            redis.port(),
            new StackDocuments(folder.path()).write(planning.pipelines()),
            new StackDocuments(folder.path()).writeExtracts(planning.labelWindows()));
    published.publish();
    return published;
  }

  public Path data() {
    return folder.path();
  }

  public boolean isTemporary() {
    return folder.isTemporary();
  }

  public Planning planning() {
    return planning;
  }

  public StackState state() {
    return state;
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
    return String.join(
        ", ",
        startNanos.entrySet().stream()
            .map(entry -> entry.getKey() + " " + Text.seconds(entry.getValue()))
            .toList());
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
    if (redis != null) {
      redis.close();
    }
    if (kafka != null) {
      kafka.close();
    }
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
