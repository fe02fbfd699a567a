package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.ServingDelayFile;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.publish.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of the serving delay that the job has measured (semantics.md §7). */
class ServingDelayIT {
  private static final long AS_OF = START + 14 * DAY;

  @TempDir Path folder;

  private Manifest run(Long p95) throws Exception {
    var world = new ShopWorld(folder, 1).withoutFeatures();
    world.archive(ShopEvents.generate(3, 50, 4), AS_OF);
    world.labels().append(List.of(world.label(0, -1, true, AS_OF - MINUTE)));
    if (p95 != null) {
      var measured = new ServingDelayFile(1, AS_OF, 2_880, p95 / 2, p95, 2 * p95);
      Files.writeString(
          world.archive().path().resolve(OfflineLayout.servingDelay(1)),
          DocumentCodec.write(measured));
    }
    return world.run(AS_OF).manifest();
  }

  @Test
  void warnsWhenTrainingWouldBeFresherThanServing() throws Exception {
    Manifest manifest = run(ShopWorld.SERVING_DELAY + 1);
    assertThat(manifest.definitions().get("sales").servingDelayP95Millis()).isEqualTo(15_001);
    assertThat(manifest.warnings())
        .contains(
            "servingDelay is 15s, but 5 % of the rows of pipeline sales were online 16s or later"
                + " after their T: training is fresher than serving; set at least 16s");
  }

  @Test
  void saysNothingWhileItIsLongEnough() throws Exception {
    Manifest manifest = run(ShopWorld.SERVING_DELAY);
    assertThat(manifest.definitions().get("sales").servingDelayP95Millis()).isEqualTo(15_000);
    assertThat(manifest.warnings()).noneMatch(warning -> warning.startsWith("servingDelay"));
  }

  @Test
  void knowsThatNothingWasMeasured() throws Exception {
    assertThat(run(null).definitions().get("sales").servingDelayP95Millis()).isNull();
  }
}
