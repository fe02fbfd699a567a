package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.fixture.DyingFileSystem;
import dev.millrace.spark.fixture.SharedStack;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.publish.RunProgress;
import dev.millrace.spark.run.Archives;
import dev.millrace.spark.run.Extract;
import dev.millrace.spark.run.RunName;
import dev.millrace.spark.storage.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long run goes chunk by chunk: killed, it goes on where it was, and publishes the same bytes.
 */
class BackfillIT {
  private static final long AS_OF = START + 20 * DAY;
  private static final String RUN = RunName.of(Instant.ofEpochMilli(AS_OF));
  private static final long SEED = 3;

  /** Less than a day's anchors: every day is a chunk. */
  private static final long SMALL = 10;

  @TempDir Path folder;
  private ShopWorld world;

  @BeforeEach
  void archiveAWeek() throws Exception {
    System.out.println("seed " + SEED);
    DyingFileSystem.install();
    world = new ShopWorld(folder.resolve("whole"), 1);
    world.archive(ShopEvents.generate(SEED, 300, 6), AS_OF);
    world.labels().append(List.of(world.label(0, -1, true, AS_OF - MINUTE)));
    world.run(AS_OF);
  }

  @AfterEach
  void revive() {
    DyingFileSystem.revive();
  }

  private static void run(ExtractDocument document) {
    run(document, AS_OF);
  }

  private static void run(ExtractDocument document, long asOfMillis) {
    try (var archives = new Archives(SharedStack.spark(), document)) {
      var asOf = Instant.ofEpochMilli(asOfMillis);
      new Extract(SharedStack.spark(), document, asOf, archives, SMALL).run();
    }
  }

  @Test
  void chunksDoNotShow() throws Exception {
    Path parts = folder.resolve("parts");
    run(ShopDefinition.at(world.document(), parts.toUri().toString()));
    assertThat(files(parts)).isEqualTo(files(world.trainingSet()));
  }

  @Test
  void goesOnBehindTheLastFinishedChunk() throws Exception {
    Path killed = folder.resolve("killed");
    ExtractDocument document =
        ShopDefinition.at(world.document(), DyingFileSystem.location(killed));
    killAfterChunks(document, killed);
    assertThat(killed.resolve("manifests")).doesNotExist();
    RunProgress progress = progress(killed);
    assertThat(progress.text()).matches("chunk [23] of 7, \\d\\d %");
    Map<String, Long> staged = rowFiles(killed.resolve("runs/" + RUN + "/staging"));

    run(document);

    assertThat(files(killed)).isEqualTo(files(world.trainingSet()));
    Map<String, Long> published = rowFiles(killed.resolve("dataset"));
    assertThat(published).hasSize(7);
    long kept =
        published.entrySet().stream()
            .filter(each -> each.getValue().equals(staged.get(each.getKey())))
            .count();
    assertThat(kept).as("days that were not joined again").isEqualTo(3);
  }

  /** Nobody is told of a run that a later one has overtaken. */
  @Test
  void aLaterRunClearsUpAfterOneThatWasKilled() throws Exception {
    Path killed = folder.resolve("overtaken");
    ExtractDocument document =
        ShopDefinition.at(world.document(), DyingFileSystem.location(killed));
    killAfterChunks(document, killed);
    assertThat(killed.resolve(RunProgress.path(RUN))).exists();

    run(document, AS_OF + MINUTE);

    assertThat(killed.resolve(RunProgress.path(RUN))).doesNotExist();
    assertThat(killed.resolve("runs/" + RUN + "/staging")).doesNotExist();
    assertThat(killed.resolve("runs/" + RUN + "/chunks")).doesNotExist();
    assertThat(rowFiles(killed.resolve("dataset"))).hasSize(7);
  }

  private static void killAfterChunks(ExtractDocument document, Path trainingSet)
      throws IOException {
    int changes = 8;
    while (finished(trainingSet) < 3) {
      DyingFileSystem.dieAfter(changes);
      changes += 3;
      try {
        run(document);
      } catch (Exception e) { // Spark throws checked ones undeclared
        assertThat(DyingFileSystem.isDead()).as(e.toString()).isTrue();
      }
      DyingFileSystem.revive();
    }
  }

  private static int finished(Path trainingSet) throws IOException {
    Path chunks = trainingSet.resolve("runs/" + RUN + "/chunks");
    if (!Files.exists(chunks)) {
      return 0;
    }
    try (var files = Files.list(chunks)) {
      return (int) files.filter(file -> file.toString().endsWith(".json")).count();
    }
  }

  private static RunProgress progress(Path trainingSet) throws IOException {
    Path file = trainingSet.resolve(RunProgress.path(RUN));
    return CanonicalJson.read(file.toString(), Files.readString(file), RunProgress.class);
  }

  /** Modification time by anchor day; moving a file keeps it. */
  private static Map<String, Long> rowFiles(Path below) throws IOException {
    var times = new TreeMap<String, Long>();
    try (var all = Files.walk(below)) {
      for (Path each : all.filter(file -> file.toString().endsWith(".parquet")).toList()) {
        String path = each.toString();
        int at = path.indexOf("anchor_date=");
        times.put(path.substring(at, at + 22), Files.getLastModifiedTime(each).toMillis());
      }
    }
    return times;
  }

  /** Bytes by path, hidden files left out. */
  private static Map<String, String> files(Path trainingSet) throws IOException {
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(trainingSet)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        String name = trainingSet.relativize(each).toString();
        if (!each.getFileName().toString().startsWith(".") && !name.endsWith("inputs.json")) {
          files.put(name, java.util.HexFormat.of().formatHex(Files.readAllBytes(each)));
        }
      }
    }
    return files;
  }
}
