package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.HOUR;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One small extract, read with the naked eye. */
class ExtractIT {
  @TempDir Path folder;

  @Test
  void givesEachMatureAnchorWhatServingSawAndItsOutcome() throws Exception {
    var world = new ShopWorld(folder, 1);
    long asOf = START + 20 * DAY;
    world.archive(
        List.of(
            ShopEvents.event(1, 7L, "pen", "2.50", 1.5, true, START),
            ShopEvents.event(2, 7L, "ink", "4.00", 2.5, false, START + 10 * MINUTE),
            ShopEvents.event(3, 7L, "pen", "1.00", null, null, START + 2 * HOUR),
            ShopEvents.event(4, 8L, "pen", "9.00", 3.0, true, START + 19 * DAY)),
        asOf);
    world
        .labels()
        .append(
            List.of(
                world.label(0, 2, true, START + 3 * DAY),
                world.label(0, 4, true, START + 19 * DAY + HOUR),
                world.label(0, 99, true, asOf - MINUTE)));

    var outcome = world.run(asOf);

    List<Row> rows = world.rows();
    assertThat(rows).hasSize(3);
    assertThat(rows).extracting(row -> row.getAs("anchor_id")).containsExactly(1L, 2L, 3L);
    assertThat(rows).extracting(row -> row.getAs("returned")).containsExactly(false, true, false);
    assertThat(rows).extracting(row -> row.getAs("customer__n_1d")).containsExactly(0L, 1L, 2L);
    assertThat(rows).extracting(row -> row.getAs("customer__n_1h")).containsExactly(0L, 1L, 0L);
    assertThat(rows).extracting(row -> row.getAs("item__n_1d")).containsExactly(0L, 0L, 1L);
    assertThat(rows.get(2).<Instant>getAs("T"))
        .isEqualTo(Instant.ofEpochMilli(START + 2 * HOUR - MINUTE));
    assertThat(outcome.manifest().states().pending()).isEqualTo(1);
    assertThat(outcome.manifest().states().pendingPositives()).isEqualTo(1);
  }
}
