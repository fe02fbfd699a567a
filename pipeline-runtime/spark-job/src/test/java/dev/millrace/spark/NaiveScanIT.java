package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.LabelLog;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopOracle;
import dev.millrace.spark.fixture.ShopWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The extract against a scan of all events and all labels for every anchor: equal, bit for bit. */
class NaiveScanIT {
  private static final int EVENTS = 10_000;
  private static final int DAYS = 12;
  private static final int EVERY = 8;

  @TempDir Path folder;

  @Test
  void everyRowEqualsANaiveScan() throws Exception {
    long seed = Long.getLong("seed", 20260501L);
    System.out.println("seed " + seed);
    var world = new ShopWorld(folder, 2);
    long asOf = START + 24 * DAY;
    List<ArchivedEvent> events = ShopEvents.generate(seed, EVENTS, DAYS);
    world.archive(events, asOf);
    var labels = labels(world, events, new Random(seed), asOf);
    world.labels().append(labels.entries());

    var outcome = world.run(asOf, "row % " + EVERY + " == 0");

    var oracle = new ShopOracle(events);
    List<Row> rows = world.rows();
    assertThat(rows).hasSize(EVENTS / EVERY);
    assertThat(outcome.manifest().rows()).isEqualTo(rows.size());
    int positives = 0;
    for (Row row : rows) {
      long id = row.getAs("anchor_id");
      ArchivedEvent anchor = events.get((int) id);
      long t = ShopWorld.servedAt(anchor.ts());
      oracle
          .row(anchor, t)
          .forEach(
              (column, expected) ->
                  assertThat(row.<Object>getAs(column))
                      .as("%s of anchor %d at %d", column, id, t)
                      .isEqualTo(expected));
      boolean returned = labels.isReturned(id, anchor.ts());
      assertThat(row.<Boolean>getAs("returned")).as("label of anchor %d", id).isEqualTo(returned);
      positives += returned ? 1 : 0;
    }
    assertThat(positives).isPositive();
    assertThat(outcome.manifest().positives()).isEqualTo(positives);
  }

  private record Labels(List<LabelLog.Entry> entries, Map<Long, List<Object[]>> byRow) {
    boolean isReturned(long row, long t0) {
      for (Object[] label : byRow.getOrDefault(row, List.of())) {
        long ts = (Long) label[0];
        if (t0 < ts && ts <= t0 + 7 * DAY && (Boolean) label[1]) {
          return true;
        }
      }
      return false;
    }
  }

  private static Labels labels(
      ShopWorld world, List<ArchivedEvent> events, Random random, long asOf) {
    var entries = new ArrayList<LabelLog.Entry>();
    var byRow = new HashMap<Long, List<Object[]>>();
    for (ArchivedEvent event : events) {
      for (int i = random.nextInt(3); i > 0; i--) {
        long row = (Long) event.fields().get(0);
        long ts = event.ts() + edge(random);
        boolean returned = random.nextBoolean();
        entries.add(world.label((int) (row % 2), row, returned, ts));
        byRow.computeIfAbsent(row, key -> new ArrayList<>()).add(new Object[] {ts, returned});
      }
    }
    // The last word of each partition: the feed is alive, and its watermark lies behind all
    // windows.
    entries.add(world.label(0, -1, true, asOf - 1));
    entries.add(world.label(1, -1, true, asOf - 1));
    return new Labels(entries, byRow);
  }

  private static long edge(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> 7 * DAY;
      case 3 -> 7 * DAY + 1;
      default -> random.nextLong(9 * DAY);
    };
  }
}
