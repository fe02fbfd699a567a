package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.LabelLog;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A report that comes when its row is final: the row gets a next version, and keeps its features.
 */
class CorrectionsIT {
  private static final long FIRST = START + 15 * DAY;
  private static final long SECOND = START + 16 * DAY;
  private static final long THIRD = START + 17 * DAY;

  @TempDir Path folder;

  @Test
  void aLateReportGivesItsRowAnotherVersionOnce() throws Exception {
    var world = new ShopWorld(folder, 1);
    var events = new ArrayList<ArchivedEvent>();
    for (long day = 0; day < 10; day++) {
      events.add(ShopEvents.event(day, 7L, "pen", "2.50", 1.5, true, START + day * DAY));
    }
    world.archive(events, THIRD);
    world.labels().append(List.of(world.label(0, -1, true, FIRST - MINUTE)));
    world.run(FIRST);
    assertThat(world.rows()).extracting(row -> row.getAs("returned")).containsOnly(false);

    world.labels().append(List.of(world.label(0, 3, true, START + 5 * DAY), alive(world, SECOND)));
    var second = world.run(SECOND);
    world.labels().append(List.of(alive(world, THIRD)));
    var third = world.run(THIRD);

    assertThat(second.manifest().corrections().rows()).isEqualTo(1);
    assertThat(second.totals().corrected()).isEqualTo(1);
    assertThat(third.manifest().corrections().rows()).isZero();
    assertThat(third.totals().corrected()).isEqualTo(1);
    Row correction = world.corrections().get(0);
    Row published =
        world.rows().stream().filter(row -> row.getAs("anchor_id").equals(3L)).findAny().get();
    assertThat(world.corrections()).hasSize(1);
    assertThat(correction.<Integer>getAs("_version")).isEqualTo(2);
    assertThat(correction.<Boolean>getAs("returned")).isTrue();
    assertThat(published.<Boolean>getAs("returned")).isFalse();
    for (String column : published.schema().fieldNames()) {
      if (!column.equals("returned")) {
        assertThat(correction.<Object>getAs(column)).isEqualTo(published.getAs(column));
      }
    }
    Path manifest = world.trainingSet().resolve("manifests/2023-11-30T221400Z.json");
    assertThat(Files.readString(manifest)).contains("corrections/anchor_date=2023-11-17/run=2023-");
    assertThat(world.run(SECOND).repeated()).isTrue();
  }

  private static LabelLog.Entry alive(ShopWorld world, long asOf) {
    return world.label(0, -1, true, asOf - MINUTE);
  }
}
