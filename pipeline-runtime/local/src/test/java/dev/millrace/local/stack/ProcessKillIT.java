package dev.millrace.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.contract.OfflineLayout;
import dev.millrace.local.actor.FlinkCluster;
import dev.millrace.local.replay.Injection;
import dev.millrace.local.replay.Recording;
import dev.millrace.local.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * kill -9 of the Flink process at three random moments changes nothing that anyone can read: Redis
 * and the feature log end up equal to those of an undisturbed run, and no reader ever sees a row go
 * back in time.
 */
class ProcessKillIT {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("millrace.root"), "examples/online-retail");
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int LINES = 12_000;
  private static final int KILLS = 3;

  @TempDir Path folder;

  /** Everything readable after a run. */
  private record Stores(List<String> online, List<String> featureLog) {}

  @BeforeEach
  void prepare() throws IOException {
    System.setProperty("millrace.home", folder.resolve("home").toString());
    Path resources = Files.createDirectories(folder.resolve("resources"));
    // The clock must not go on at wall pace, or the runs would end at different instants.
    String yaml =
        Files.readString(EXAMPLE.resolve("pipeline.yaml"))
            .replace(
                "eventTime: {field: ts, unit: Seconds}",
                "eventTime: {field: ts, unit: Seconds}\n    watermark: {idleTimeout: 1h}")
            .replace("checkpointInterval: 5s", "checkpointInterval: 1s");
    Files.writeString(resources.resolve("pipeline.yaml"), yaml);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(EXAMPLE.resolve("events.csv.gz"))),
                StandardCharsets.UTF_8))) {
      Files.writeString(
          folder.resolve("events.csv"),
          lines.lines().limit(LINES + 1L).collect(Collectors.joining("\n")));
    }
  }

  @AfterEach
  void forgetTheHome() {
    System.clearProperty("millrace.home");
  }

  @Test
  void killsChangeNothingAReaderCanSee() throws Exception {
    long seed = Long.getLong("millrace.seed", System.nanoTime());
    System.out.println("ProcessKillIT: -Dmillrace.seed=" + seed);
    Stores undisturbed = run("undisturbed", 0, new SplittableRandom(seed));
    Stores killed = run("killed", KILLS, new SplittableRandom(seed));
    assertThat(undisturbed.online()).hasSizeGreaterThan(1_000);
    assertThat(undisturbed.featureLog()).hasSizeGreaterThan(LINES);
    assertThat(StoreDigest.of(killed.online()))
        .as("Redis, seed %d", seed)
        .isEqualTo(StoreDigest.of(undisturbed.online()));
    assertThat(StoreDigest.of(killed.featureLog()))
        .as("feature log of %d rows, seed %d", undisturbed.featureLog().size(), seed)
        .isEqualTo(StoreDigest.of(undisturbed.featureLog()));
  }

  private Stores run(String name, int kills, SplittableRandom random) throws Exception {
    var options = new StackOptions();
    CommandLine.populateCommand(options, "--data", folder.resolve(name).toString());
    var silent = new PrintStream(OutputStream.nullOutputStream());
    var terminal = new Terminal(silent, silent, false);
    try (var stack = LocalStack.start(folder.resolve("resources"), options, terminal);
        var online = OnlineReader.connect(stack.state().redisPort());
        var reader = new AsOfReader(stack.state().redisPort())) {
      PlannedPipeline pipeline = stack.planning().onlyPipeline(null);
      var source =
          new Recording.Source(
              folder.resolve("events.csv").toString(), "sales", "customer_id", "ts");
      var killer = CompletableFuture.runAsync(() -> kill(stack.job(pipeline), kills, random));
      Replayed.Outcome outcome =
          new Replayed(stack, pipeline, terminal)
              .run(new Recording("", List.of(source)), folder, Injection.none(), online);
      killer.join();
      assertThat(outcome.records()).isEqualTo(LINES);
      Stores stores = stores(pipeline, online);
      assertThat(stack.job(pipeline).restarts()).isEqualTo(kills);
      assertThat(reader.reads()).isPositive();
      assertThat(reader.decreases()).isEmpty();
      return stores;
    }
  }

  // The last rows become visible files a moment after the progress file that counts them.
  private static Stores stores(PlannedPipeline pipeline, OnlineReader online) throws IOException {
    Path location = Path.of(URI.create(pipeline.document().wiring().location()));
    Path log = location.resolve(OfflineLayout.features(1, "item")).getParent();
    var progress = new PipelineProgress(pipeline.document(), online);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var counts = progress.read().accounting();
              assertThat(counts.accepted()).isEqualTo(LINES);
              assertThat(counts.adds()).isTrue();
              assertThat(StoreDigest.parquet(log)).hasSize((int) counts.rowsFired());
            });
    return new Stores(StoreDigest.online(online), StoreDigest.parquet(log));
  }

  private static void kill(FlinkCluster cluster, int kills, SplittableRandom random) {
    for (int i = 0; i < kills; i++) {
      int restarts = i;
      await().atMost(PATIENCE).until(() -> cluster.restarts() == restarts && cluster.isRunning());
      long moment = random.nextLong(2_000);
      await()
          .pollInterval(10, TimeUnit.MILLISECONDS)
          .pollDelay(Duration.ofMillis(moment))
          .atMost(PATIENCE)
          .until(() -> true);
      cluster.kill();
    }
    await().atMost(PATIENCE).until(() -> cluster.restarts() == kills && cluster.isRunning());
  }
}
