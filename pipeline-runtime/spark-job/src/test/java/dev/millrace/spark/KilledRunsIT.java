package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.HOUR;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.DyingFileSystem;
import dev.millrace.spark.fixture.SharedStack;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.ManifestStore;
import dev.millrace.spark.publish.ManifestStore.Latest;
import dev.millrace.spark.publish.StagedFiles;
import dev.millrace.spark.run.Archives;
import dev.millrace.spark.run.Extract;
import dev.millrace.spark.storage.CanonicalJson;
import dev.millrace.spark.storage.OfflineStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run killed before every single change of its storage, one after the other, with all that the
 * attempts before have left behind: in the end the same bytes, and no reader ever sees a part.
 */
class KilledRunsIT {
  private static final long FIRST = START + 10 * DAY;
  private static final long SECOND = START + 11 * DAY;
  private static final int FEWEST_CHANGES = 15;
  private static final int MOST_CHANGES = 200;

  @TempDir Path folder;

  @AfterEach
  void revive() {
    DyingFileSystem.revive();
  }

  @Test
  void whereverARunIsKilledItsRerunPublishesTheSameBytes() throws Exception {
    DyingFileSystem.install();
    var world = new ShopWorld(folder.resolve("world"), 1).withoutFeatures();
    var events = new ArrayList<ArchivedEvent>();
    for (long row = 0; row < 6; row++) {
      events.add(ShopEvents.event(row, 7L, "pen", "1.00", 1.5, true, START + row * 16 * HOUR));
    }
    world.archive(events, SECOND);
    world.labels().append(List.of(world.label(0, -1, true, FIRST - MINUTE)));
    world.run(FIRST);
    Path killed = folder.resolve("killed");
    copy(world.trainingSet(), killed);
    // One row is final in the second run, and one of the first run is corrected.
    world
        .labels()
        .append(
            List.of(world.label(0, 0, true, START + DAY), world.label(0, -1, true, SECOND - 1)));
    Manifest undisturbed = world.run(SECOND).manifest();
    assertThat(undisturbed.rows()).isPositive();
    assertThat(undisturbed.corrections().rows()).isEqualTo(1);

    ExtractDocument document =
        ShopDefinition.at(world.document(), DyingFileSystem.location(killed));
    int changes = 0;
    while (!survives(document, changes)) {
      assertThat(latest(killed)).isEqualTo("2023-11-24T221400Z");
      assertThat(++changes).isLessThan(MOST_CHANGES);
    }

    System.out.println("killed before each of " + changes + " changes");
    assertThat(changes).isGreaterThan(FEWEST_CHANGES);
    assertThat(latest(killed)).isEqualTo("2023-11-25T221400Z");
    assertThat(files(killed)).isEqualTo(files(world.trainingSet()));
  }

  private static boolean survives(ExtractDocument document, int changes) {
    DyingFileSystem.dieAfter(changes);
    try (var archives = new Archives(SharedStack.spark(), document)) {
      Instant asOf = Instant.ofEpochMilli(SECOND);
      new Extract(SharedStack.spark(), document, asOf, archives).run();
      return true;
    } catch (Exception e) { // Spark throws checked ones undeclared
      if (!DyingFileSystem.isDead()) {
        fail("the run failed by itself", e);
      }
      return false;
    } finally {
      DyingFileSystem.revive();
    }
  }

  /** Name of the newest run as a reader finds it, its files whole. */
  private static String latest(Path trainingSet) throws IOException {
    var hadoop = SharedStack.spark().sparkContext().hadoopConfiguration();
    var storage = new OfflineStorage(trainingSet.toUri().toString(), hadoop);
    String json = storage.read(ManifestStore.LATEST).orElseThrow();
    var latest = CanonicalJson.read(ManifestStore.LATEST, json, Latest.class);
    Manifest manifest = new ManifestStore(storage).read(latest.asOf());
    assertThat(new StagedFiles(storage, hadoop).areIntact(manifest.dataFiles())).isTrue();
    return latest.asOf();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  /** Bytes by path, without hidden files: no reader looks at those. */
  private static Map<String, String> files(Path trainingSet) throws IOException {
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(trainingSet)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        String name = trainingSet.relativize(each).toString();
        if (!each.getFileName().toString().startsWith(".")) {
          files.put(name, HexFormat.of().formatHex(Files.readAllBytes(each)));
        }
      }
    }
    return files;
  }
}
