package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.HOUR;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Laws of semantics.md §6 and §7 that need whole archives; those about changed events are the leak
 * check's, tested with it. Every test JVM runs in another time zone than UTC on purpose.
 */
class LawsIT {
  private static final long SEED = 11;
  private static final int EVENTS = 800;

  @TempDir Path folder;

  private List<Row> rowsOf(String name, List<ArchivedEvent> events, int files, long shift)
      throws Exception {
    System.out.println("seed " + SEED);
    var world = new ShopWorld(folder.resolve(name), 1);
    long asOf = START + 20 * DAY + shift;
    world.archive().append(world.definition(), 1, events, files);
    world.archive().clock(1, asOf);
    world.labels().append(List.of(world.label(0, -1, true, asOf - MINUTE)));
    world.run(asOf);
    return world.rows();
  }

  @Test
  void shufflingAndSplittingFilesChangesNothing() throws Exception {
    List<ArchivedEvent> events = ShopEvents.generate(SEED, EVENTS, 4);
    var shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, new Random(SEED));

    List<Row> rows = rowsOf("shuffled", shuffled, 7, 0);

    assertThat(rows).hasSize(EVENTS).isEqualTo(rowsOf("plain", events, 1, 0));
  }

  @Test
  void shiftingAllTimesShiftsTheRows() throws Exception {
    List<ArchivedEvent> events = ShopEvents.generate(SEED, EVENTS, 4);
    long shift = 37 * DAY;
    var shifted = new ArrayList<ArchivedEvent>();
    for (ArchivedEvent event : events) {
      shifted.add(
          new ArchivedEvent(
              event.fields(),
              event.ts() + shift,
              event.arrival() + shift,
              event.id(),
              event.partition(),
              event.offset(),
              event.visibleFrom() + shift));
    }

    List<Row> moved = rowsOf("moved", shifted, 1, shift);

    List<Row> rows = rowsOf("plain", events, 1, 0);
    assertThat(moved).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      // t0 and T move, everything else is the same.
      assertThat(cells(moved.get(i))).isEqualTo(cells(rows.get(i)));
    }
  }

  private static List<Object> cells(Row row) {
    var cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      boolean moves = List.of("t0", "T").contains(row.schema().fieldNames()[i]);
      cells.add(moves ? null : row.get(i));
    }
    return cells;
  }

  @Test
  void aLateEventCountsOnlyFromWhenServingCouldSeeIt() throws Exception {
    long late = START;
    long visible = START + 30 * MINUTE;
    var events =
        List.of(
            ShopEvents.event(1, 7L, "pen", "2.00", 1.0, true, late, visible),
            ShopEvents.event(2, 7L, "ink", "3.00", 1.0, true, START + 20 * MINUTE),
            ShopEvents.event(3, 7L, "ink", "4.00", 1.0, true, visible + 15_000 - 1),
            ShopEvents.event(4, 7L, "ink", "5.00", 1.0, true, visible + 15_000));

    List<Row> rows = rowsOf("late", events, 1, 0);

    // At T = 19:00 min nothing; at 29:00 the one of 20:00; from 30:00 on the late one as well.
    assertThat(rows).extracting(row -> row.getAs("customer__n_1h")).containsExactly(0L, 0L, 1L, 2L);
  }

  @Test
  void readsOlderHistoryFromTheOlderVersionAndNothingTwice() throws Exception {
    var world = new ShopWorld(folder, 1);
    long asOf = START + 20 * DAY;
    var archive = world.archive();
    var one = ShopEvents.event(1, 7L, "pen", "2.00", 1.0, true, START);
    var two = ShopEvents.event(2, 7L, "pen", "2.00", 1.0, true, START + HOUR / 2);
    var three = ShopEvents.event(3, 7L, "pen", "2.00", 1.0, true, START + 2 * HOUR);
    // Version 0 reached beyond the first offset of version 1, which archived that part again.
    archive.version(world.definition(), 0, Map.of(0, 0L));
    archive.version(world.definition(), 1, Map.of(0, 2L));
    archive.append(world.definition(), 0, List.of(one, two), 1);
    archive.append(world.definition(), 1, List.of(two, three), 1);
    // A higher version is none of ours.
    archive.version(world.definition(), 2, Map.of(0, 3L));
    archive.append(world.definition(), 2, List.of(three), 1);
    archive.clock(1, asOf);
    world.labels().append(List.of(world.label(0, -1, true, asOf - MINUTE)));

    world.run(asOf);

    assertThat(world.rows()).extracting(row -> row.getAs("anchor_id")).containsExactly(1L, 2L, 3L);
    assertThat(world.rows())
        .extracting(row -> row.getAs("customer__n_1d"))
        .containsExactly(0L, 1L, 2L);
  }
}
