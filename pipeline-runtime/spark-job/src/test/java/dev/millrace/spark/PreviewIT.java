package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spark.fixture.SharedStack;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.verify.Preview;
import dev.millrace.spark.verify.PreviewReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preview shows what a run then publishes, and leaves nothing behind. */
class PreviewIT {
  private static final long AS_OF = START + 14 * DAY;
  private static final long SEED = 29;
  private static final int EVENTS = 2_000;
  private static final int ROWS = 40;
  private static final int CHECKED = 60;

  @TempDir Path folder;
  private ShopWorld world;

  @BeforeEach
  void archiveWithLabels() throws Exception {
    System.out.println("seed " + SEED);
    world = new ShopWorld(folder, 1);
    world.archive(ShopEvents.generate(SEED, EVENTS, 6), AS_OF);
    world
        .labels()
        .append(
            List.of(
                world.label(0, 3, true, START + DAY), world.label(0, -1, true, AS_OF - MINUTE)));
  }

  private PreviewReport preview() {
    return preview(AS_OF);
  }

  private PreviewReport preview(long asOf) {
    return new Preview(SharedStack.spark(), world.document(), Instant.ofEpochMilli(asOf))
        .of(ROWS, CHECKED);
  }

  @Test
  void showsWhatARunThenPublishes() throws Exception {
    PreviewReport before = preview();
    assertThat(world.trainingSet()).as("nothing was written").doesNotExist();
    assertThat(before.rows()).hasSize(ROWS);
    assertThat(before.rows()).allMatch(row -> row.state().equals("Mature"));
    assertThat(before.leak().anchors()).isEqualTo(CHECKED);
    assertThat(before.leak().holds()).isTrue();

    var manifest = world.run(AS_OF).manifest();
    assertThat(manifest.rows()).isPositive();
    assertThat(before.states().mature()).isEqualTo(manifest.rows());
    assertThat(before.states().pending()).isEqualTo(manifest.states().pending()).isPositive();
    var published = new HashMap<String, Map<String, String>>();
    for (Row row : world.rows()) {
      published.put(row.getAs("anchor_id").toString(), texts(row));
    }
    for (PreviewReport.TrainingRow row : before.rows()) {
      assertThat(row.columns()).isEqualTo(published.get(row.columns().get("anchor_id")));
      assertThat(row.servedAt()).containsEntry("sales", row.columns().get("T"));
    }
  }

  @Test
  void saysWhatIsPublishedAlready() throws Exception {
    PreviewReport before = preview();
    world.run(AS_OF);
    Map<String, String> files = world.digests();
    PreviewReport after = preview(AS_OF + MINUTE);
    assertThat(world.digests()).as("nothing was written").isEqualTo(files);
    assertThat(after.rows()).allMatch(row -> row.state().equals("Finalised"));
    assertThat(after.rows().stream().map(PreviewReport.TrainingRow::columns).toList())
        .isEqualTo(before.rows().stream().map(PreviewReport.TrainingRow::columns).toList());
    assertThat(after.states().mature()).isZero();
    assertThat(after.states().finalised()).isEqualTo(before.states().mature());
  }

  private static Map<String, String> texts(Row row) {
    var texts = new HashMap<String, String>();
    for (String column : row.schema().fieldNames()) {
      Object value = row.getAs(column);
      if (!column.equals("anchor_date") && !column.equals("run")) {
        texts.put(column, value == null ? null : value.toString());
      }
    }
    return texts;
  }
}
