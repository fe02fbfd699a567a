package dev.millrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.millrace.contract.CleanUpDocument;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ResourceKind;
import dev.millrace.s3.S3Server;
import dev.millrace.spark.cleanup.CleanUp;
import dev.millrace.spark.fixture.S3Changes;
import dev.millrace.spark.fixture.S3Store;
import dev.millrace.spark.fixture.SharedStack;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.fixture.TrainingSetReader;
import dev.millrace.spark.fixture.TwoRuns;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extracts on a real S3 server: the same bytes as on local files, and as safe. */
class S3ExtractIT {
  private static final int CHANGES_BETWEEN_KILLS = 10;

  /** Folder of Spark's committer for file systems that can rename. */
  private static final String RENAMED_FROM = "/_temporary/";

  private static final int FEWEST_KILLS = 2;

  private static S3Store s3;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Store.start();
  }

  @AfterAll
  static void stop() throws Exception {
    s3.close();
  }

  @AfterEach
  void revive() {
    S3Changes.revive();
  }

  @Test
  void publishesTheSameBytesAsOnLocalFilesAndARerunChangesNothing() throws Exception {
    var world = new ShopWorld(folder, 1);
    TwoRuns.fill(world);
    String store = S3Server.location("same");
    s3.upload(folder.resolve("shop"), store + "/shop");
    ExtractDocument document = world.documentIn(store);
    String trainingSet = document.wiring().location();
    var local = world.run(TwoRuns.FIRST);
    assertThat(local.manifest().rows()).isPositive();

    assertThat(ShopWorld.run(document, TwoRuns.FIRST)).isEqualTo(local);

    var published = TrainingSetReader.digests(trainingSet);
    assertThat(published).isEqualTo(world.digests());
    TwoRuns.bringNews(world);
    int changes =
        S3Changes.watch(
            () -> assertThat(ShopWorld.run(document, TwoRuns.FIRST).repeated()).isTrue(),
            key -> {});
    assertThat(changes).isZero();
    assertThat(TrainingSetReader.digests(trainingSet)).isEqualTo(published);
    cleanUp(ResourceKind.LABEL_WINDOW, document.labelWindow(), trainingSet);
    cleanUp(ResourceKind.FEATURE_PIPELINE, "sales", document.anchor().location());
  }

  @Test
  void noReaderEverSeesAPartOfARunWhateverRequestItWasKilledAt() throws Exception {
    var world = new ShopWorld(folder, 1).withoutFeatures();
    TwoRuns.fill(world);
    world.run(TwoRuns.FIRST);
    s3.upload(folder.resolve("shop"), S3Server.location("watched/shop"));
    s3.upload(folder.resolve("shop"), S3Server.location("killed/shop"));
    TwoRuns.bringNews(world);
    assertThat(world.run(TwoRuns.SECOND).manifest().corrections().rows()).isEqualTo(1);

    ExtractDocument watched = world.documentIn(S3Server.location("watched"));
    Set<String> seen = new TreeSet<>();
    int changes =
        S3Changes.watch(
            () -> ShopWorld.run(watched, TwoRuns.SECOND),
            key -> {
              assertThat(key).doesNotContain(RENAMED_FROM);
              seen.add(TrainingSetReader.latest(watched.wiring().location()));
            });
    assertThat(seen).containsExactly(TwoRuns.FIRST_NAME, TwoRuns.SECOND_NAME);
    assertThat(TrainingSetReader.digests(watched.wiring().location())).isEqualTo(world.digests());

    ExtractDocument document = world.documentIn(S3Server.location("killed"));
    String trainingSet = document.wiring().location();
    int kills = 0;
    while (!survives(document, kills * CHANGES_BETWEEN_KILLS)) {
      assertThat(TrainingSetReader.latest(trainingSet)).isEqualTo(TwoRuns.FIRST_NAME);
      assertThat(++kills).isLessThan(changes);
    }
    System.out.println(changes + " changes, killed " + kills + " times");
    assertThat(kills).isGreaterThan(FEWEST_KILLS);
    assertThat(TrainingSetReader.latest(trainingSet)).isEqualTo(TwoRuns.SECOND_NAME);
    assertThat(TrainingSetReader.digests(trainingSet)).isEqualTo(world.digests());
  }

  private static boolean survives(ExtractDocument document, int changes) {
    S3Changes.dieAfter(changes);
    try {
      ShopWorld.run(document, TwoRuns.SECOND);
      return true;
    } catch (Exception e) { // Spark throws checked ones undeclared
      if (!S3Changes.isDead()) {
        fail("the run failed by itself", e);
      }
      return false;
    } finally {
      S3Changes.revive();
    }
  }

  private static void cleanUp(ResourceKind kind, String name, String location) throws Exception {
    var document =
        new CleanUpDocument(
            CleanUpDocument.CODEC, kind, "shop", name, "uid-1", location, "", 0, false, "");

    var report = CleanUp.run(SharedStack.spark(), document);

    assertThat(report.files()).isPositive();
    assertThat(report.kept()).isEmpty();
    assertThat(s3.isGone(location)).isTrue();
  }
}
