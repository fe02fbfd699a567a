package dev.millrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.fixture.DyingFileSystem;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.fixture.TrainingSetReader;
import dev.millrace.spark.fixture.TwoRuns;
import dev.millrace.spark.publish.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
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
    TwoRuns.fill(world);
    world.run(TwoRuns.FIRST);
    Path killed = folder.resolve("killed");
    copy(world.trainingSet(), killed);
    TwoRuns.bringNews(world);
    Manifest undisturbed = world.run(TwoRuns.SECOND).manifest();
    assertThat(undisturbed.rows()).isPositive();
    assertThat(undisturbed.corrections().rows()).isEqualTo(1);

    ExtractDocument document =
        ShopDefinition.at(world.document(), DyingFileSystem.location(killed));
    int changes = 0;
    while (!survives(document, changes)) {
      assertThat(latest(killed)).isEqualTo(TwoRuns.FIRST_NAME);
      assertThat(++changes).isLessThan(MOST_CHANGES);
    }

    System.out.println("killed before each of " + changes + " changes");
    assertThat(changes).isGreaterThan(FEWEST_CHANGES);
    assertThat(latest(killed)).isEqualTo(TwoRuns.SECOND_NAME);
    assertThat(files(killed)).isEqualTo(files(world.trainingSet()));
  }

  private static boolean survives(ExtractDocument document, int changes) {
    DyingFileSystem.dieAfter(changes);
    try {
      ShopWorld.run(document, TwoRuns.SECOND);
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

  private static String latest(Path trainingSet) {
    return TrainingSetReader.latest(trainingSet.toUri().toString());
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
