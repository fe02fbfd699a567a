package dev.millrace.flink.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.contract.Definition;
import dev.millrace.contract.DefinitionHash;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.KnownFailure;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.OnlineKeys;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.contract.ProgressFile;
import dev.millrace.contract.StreamWiring;
import dev.millrace.flink.StreamJob;
import dev.millrace.flink.offline.OfflineFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One pipeline under test: its topics, folder and keys, and the job that runs it. */
public final class JobRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final JobStack stack;
  private final RunFolder folder;
  private final TestTopics topics;
  private PipelineDocument document;
  private JobID job;
  private String savepoint;

  private JobRun(JobStack stack, RunFolder folder, TestTopics topics, PipelineDocument document) {
    this.stack = stack;
    this.folder = folder;
    this.topics = topics;
    this.document = document;
  }

  /**
   * Creates topics and a folder for a definition; no job yet.
   *
   * @param name unique over all tests of the module
   */
  public static JobRun create(JobStack stack, String name, Definition definition, int partitions)
      throws Exception {
    return create(stack, stack.broker(), name, definition, partitions);
  }

  /** The same with a broker of its own. */
  public static JobRun create(
      JobStack stack, EmbeddedBroker broker, String name, Definition definition, int partitions)
      throws Exception {
    return create(
        stack, broker, name, definition, partitions, new RunFolder(stack.folder(name).toUri()));
  }

  /** The same with its files in a folder of another file system. */
  public static JobRun create(
      JobStack stack,
      EmbeddedBroker broker,
      String name,
      Definition definition,
      int partitions,
      RunFolder folder)
      throws Exception {
    var topics = TestTopics.create(broker, name, partitions);
    var wiring =
        new StreamWiring(
            broker.bootstrapServers(),
            "",
            topics.events(),
            topics.late(),
            topics.dead(),
            true,
            "127.0.0.1",
            stack.redis().port(),
            false,
            "",
            folder.uri("store"),
            folder.uri("checkpoints"),
            600_000,
            400,
            1,
            32);
    return new JobRun(stack, folder, topics, document(name, 1, definition, wiring));
  }

  private static PipelineDocument document(
      String name, int version, Definition definition, StreamWiring wiring) {
    return new PipelineDocument(
        PipelineDocument.CODEC,
        "test",
        name,
        "uid-" + name,
        version,
        DefinitionHash.of(definition),
        definition,
        wiring);
  }

  /** The next version of this pipeline: same topics and folder, a job of its own. */
  public JobRun nextVersion(Definition definition) {
    PipelineDocument next =
        document(document.pipeline(), document.version() + 1, definition, document.wiring());
    return new JobRun(stack, folder, topics, next);
  }

  public TestTopics topics() {
    return topics;
  }

  public PipelineDocument document() {
    return document;
  }

  /** Runs with another wiring from the next start on. */
  public void rewire(StreamWiring wiring) {
    document = document(document.pipeline(), document.version(), document.definition(), wiring);
  }

  /** Runs another version from the next start on. */
  public void revise(int version, Definition definition) {
    document = document(document.pipeline(), version, definition, document.wiring());
  }

  public void start(int parallelism) throws Exception {
    rewire(TestDefinitions.withParallelism(document.wiring(), parallelism));
    job = submit();
  }

  /** The job's graph as it would be submitted. */
  public JobGraph graph() {
    var configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
    var env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    StreamJob.build(env, document);
    return env.getStreamGraph().getJobGraph();
  }

  private JobID submit() throws Exception {
    JobGraph graph = graph();
    if (savepoint != null) {
      graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
    }
    stack.flink().submitJob(graph).get(30, TimeUnit.SECONDS);
    return graph.getJobID();
  }

  /**
   * Stops the job with a savepoint from which the next start goes on. All files are visible then: a
   * committer ends before its job does.
   */
  public void stop() throws Exception {
    MiniCluster flink = stack.flink();
    savepoint =
        flink
            .stopWithSavepoint(job, folder.uri("savepoints"), false, SavepointFormatType.CANONICAL)
            .get(60, TimeUnit.SECONDS);
    awaitEnd();
  }

  /** Forgets the savepoint: the next start has no state. */
  public void forgetSavepoint() {
    savepoint = null;
  }

  public void cancel() throws Exception {
    if (job != null && !status().isGloballyTerminalState()) {
      stack.flink().cancelJob(job).get(30, TimeUnit.SECONDS);
      awaitEnd();
    }
  }

  public JobStatus status() throws Exception {
    return stack.flink().getJobStatus(job).get(10, TimeUnit.SECONDS);
  }

  /** Root message of the job's last failure, or empty. */
  public String lastFailure() throws Exception {
    var failure = stack.flink().getExecutionGraph(job).get(10, TimeUnit.SECONDS).getFailureInfo();
    return failure == null ? "" : failure.getExceptionAsString();
  }

  /** What the job reports to the operator. */
  public JobReport report() throws Exception {
    return rest().report().orElse(null);
  }

  /** What the operator finds in the job's exceptions; null if there is nothing it knows. */
  public KnownFailure knownFailure() throws Exception {
    return rest().failure().orElse(null);
  }

  private JobRest rest() throws Exception {
    return new JobRest(stack.flink().getRestAddress().get(10, TimeUnit.SECONDS), job.toString());
  }

  private void awaitEnd() {
    await().atMost(PATIENCE).until(() -> status().isGloballyTerminalState());
  }

  /** Waits until a completed checkpoint covers every record of the topic. */
  public ProgressFile awaitConsumed() {
    return awaitProgress(progress -> assertThat(progress.offsets()).isEqualTo(topics.endOffsets()));
  }

  /** Waits until a completed checkpoint's figures satisfy an assertion. */
  public ProgressFile awaitProgress(java.util.function.Consumer<ProgressFile> assertion) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              ProgressFile progress = progress();
              assertThat(progress).describedAs("progress; " + lastFailure()).isNotNull();
              assertion.accept(progress);
            });
    return progress();
  }

  public ProgressFile progress() {
    return offline().progress(document.version());
  }

  public OfflineFolder offline() {
    return new OfflineFolder(document.wiring().location());
  }

  /** All finished rows of an entity in the feature log. */
  public List<Map<String, Object>> featureRows(String entity) throws Exception {
    return parquet(OfflineLayout.features(document.version(), entity));
  }

  /** Folder of an entity's feature log. */
  public Path featureFolder(String entity) throws IOException {
    return folder.local("store/" + OfflineLayout.features(document.version(), entity));
  }

  /** All archived events. */
  public List<Map<String, Object>> archivedEvents() throws Exception {
    return parquet(OfflineLayout.events(document.version()));
  }

  private List<Map<String, Object>> parquet(String name) throws Exception {
    return ParquetRows.read(folder.local("store/" + name));
  }

  /** The row of a key in Redis; empty if there is none. */
  public Map<String, String> online(String entity, String key) {
    String name =
        OnlineKeys.row(document.namespace(), document.pipeline(), entity, key, document.version());
    return stack.redis().commands().hgetall(name);
  }

  /** The pipeline's clock in Redis. */
  public Map<String, String> clock() {
    return stack
        .redis()
        .commands()
        .hgetall(OnlineKeys.clock(document.namespace(), document.pipeline()));
  }

  @Override
  public void close() throws Exception {
    cancel();
    topics.close();
  }
}
