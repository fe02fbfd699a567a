package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.HOUR;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopDefinition.field;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Attribution;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.LabelMatch;
import dev.millrace.contract.Surrogate;
import dev.millrace.contract.SurrogateAgreement;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.LabelLog;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.report.Reports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An early proxy with a topic and a window of its own, beside the label (semantics.md §8). */
class SurrogateIT {
  private static final long SEED = Long.getLong("seed", 31);
  private static final int ANCHORS = 120;
  private static final long FIRST = START + 15 * DAY;
  private static final long SECOND = START + 20 * DAY;

  @TempDir Path folder;

  @Test
  void isAColumnOfItsOwnAndComparedWithTheLabel() throws Exception {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    LabelLog disputes = LabelLog.create(1);
    var world =
        new ShopWorld(folder, 1)
            .withoutFeatures()
            .surrogate(new Surrogate("disputed", disputed(), disputes.topic()));
    var events = new ArrayList<ArchivedEvent>();
    var labels = new ArrayList<LabelLog.Entry>();
    var early = new ArrayList<LabelLog.Entry>();
    var isReturned = new HashMap<Long, Boolean>();
    var isDisputed = new HashMap<Long, Boolean>();
    for (long row = 0; row < ANCHORS; row++) {
      long t0 = START + row * 2 * HOUR;
      events.add(ShopEvents.event(row, 7L, "pen", "2.50", 1.5, true, t0));
      boolean returned = random.nextInt(3) == 0;
      isReturned.put(row, returned);
      labels.add(world.label(0, row, returned, t0 + 3 * DAY));
      // On the edges of the surrogate's day and a millisecond beside them.
      long[] edges = {t0, t0 + 1, t0 + DAY, t0 + DAY + 1};
      long ts = edges[random.nextInt(edges.length)];
      boolean any = returned || random.nextInt(4) == 0;
      if (any) {
        early.add(dispute(row, ts));
      }
      isDisputed.put(row, any && t0 < ts && ts <= t0 + DAY);
    }
    labels.add(world.label(0, -1, true, FIRST - MINUTE));
    early.add(dispute(-1, FIRST - MINUTE));
    world.archive(events, SECOND);
    world.labels().append(labels);
    disputes.append(early);

    var first = world.run(FIRST);

    List<Row> rows = world.rows();
    assertThat(rows).hasSizeBetween(ANCHORS / 2, ANCHORS - 1);
    assertThat(rows.get(0).schema().fieldNames())
        .containsExactly("anchor_id", "t0", "T", "returned", "disputed_surrogate");
    int[][] counts = new int[2][2];
    for (Row row : rows) {
      long id = row.<Long>getAs("anchor_id");
      assertThat(row.<Boolean>getAs("returned")).isEqualTo(isReturned.get(id));
      assertThat(row.<Boolean>getAs("disputed_surrogate")).isEqualTo(isDisputed.get(id));
      counts[isReturned.get(id) ? 1 : 0][isDisputed.get(id) ? 1 : 0]++;
    }
    SurrogateAgreement expected = expected(counts);
    assertThat(Reports.of(first, "file:/x", 1).surrogates()).containsExactly(expected);

    // The surrogate's feed has died since: what it does not know is null, and the label goes on.
    world.labels().append(List.of(world.label(0, -1, true, SECOND - MINUTE)));
    var second = world.run(SECOND);

    assertThat(second.manifest().rows()).isEqualTo(ANCHORS - rows.size());
    assertThat(second.manifest().warnings())
        .anyMatch(
            warning ->
                warning.startsWith("PartitionSilent: partitions [0] of surrogate disputed have"));
    assertThat(second.manifest().agreements().get("disputed").unknown())
        .isEqualTo(ANCHORS - rows.size());
    assertThat(world.rows().subList(rows.size(), ANCHORS))
        .allSatisfy(row -> assertThat(row.<Boolean>getAs("disputed_surrogate")).isNull());
    assertThat(Reports.of(second, "file:/x", 1).surrogates()).containsExactly(expected);
    assertThat(world.run(SECOND).repeated()).isTrue();
  }

  private static SurrogateAgreement expected(int[][] counts) {
    double both = counts[1][1];
    int rows = counts[0][0] + counts[0][1] + counts[1][0] + counts[1][1];
    double precision = both / (counts[0][1] + counts[1][1]);
    double positives = counts[1][0] + counts[1][1];
    return new SurrogateAgreement(
        "disputed",
        rows,
        "%.4f".formatted(precision),
        "%.4f".formatted(both / positives),
        "%.4f".formatted(precision / (positives / rows)));
  }

  private static LabelLog.Entry dispute(long row, long ts) {
    String json = "{\"id\":\"%d\",\"row\":%d,\"at\":%d}".formatted(row, row, ts);
    return new LabelLog.Entry(0, ts, json);
  }

  private static LabelDefinition disputed() {
    var schema = ShopDefinition.labelSchema(field("row", ColumnType.LONG, false));
    return new LabelDefinition(
        Surrogate.column("disputed"),
        schema,
        new LabelMatch.ByReference("row", "row"),
        "true",
        "false",
        0,
        DAY,
        DAY,
        DAY,
        Attribution.LAST_TOUCH);
  }
}
