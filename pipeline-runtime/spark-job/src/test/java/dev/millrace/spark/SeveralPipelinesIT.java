package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.HOUR;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopDefinition.feature;
import static dev.millrace.spark.fixture.ShopDefinition.field;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.DefinitionHash;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.contract.SourceFormat;
import dev.millrace.kernel.Windows;
import dev.millrace.spark.fixture.ArchiveFolder;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.SharedStack;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.run.Archives;
import dev.millrace.spark.run.Extract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Anchors of one pipeline with the features of another: other topic, other grid, a key of another
 * name (semantics.md §7, §10). What each row must hold is counted by a plain loop.
 */
class SeveralPipelinesIT {
  private static final long AS_OF = START + 20 * DAY;
  private static final long SLIDE = 5 * MINUTE;
  private static final long SEED = 41;
  private static final int VISITS = 1_500;
  private static final int VISITORS = 25;

  @TempDir Path folder;
  private ShopWorld world;
  private ArchiveFolder visits;
  private final List<ArchivedEvent> sold = ShopEvents.generate(SEED, 800, 6);
  private final List<ArchivedEvent> visited = new ArrayList<>();

  @BeforeEach
  void archiveBoth() throws Exception {
    System.out.println("seed " + SEED);
    world = new ShopWorld(folder, 1);
    world.archive(sold, AS_OF);
    world.labels().append(List.of(world.label(0, -1, true, AS_OF - MINUTE)));
    visits = new ArchiveFolder(folder.resolve("shop/featurepipelines/page-visits"));
    var random = new Random(SEED);
    for (long i = 0; i < VISITS; i++) {
      visited.add(visit(i, random));
    }
    visits.append(definition(), 4, visited, 3);
    visits.version(definition(), 4, Map.of(0, 0L));
    visits.clock(4, AS_OF);
  }

  private static ArchivedEvent visit(long id, Random random) {
    long ts = START + random.nextLong(6 * DAY / 1000) * 1000;
    long late = random.nextInt(10) == 0 ? random.nextLong(HOUR) : 0;
    Long person = random.nextInt(20) == 0 ? null : (long) random.nextInt(VISITORS);
    List<Object> fields = Arrays.asList(id, person, (long) random.nextInt(60), ts);
    long visible = Windows.nextGridPoint(ts + late, SLIDE);
    return new ArchivedEvent(fields, ts, ts + late, Long.toString(id), 0, id, visible);
  }

  private static Definition definition() {
    var schema =
        new EventSchema(
            SourceFormat.JSON,
            List.of(
                field("visit", ColumnType.LONG, false),
                field("person", ColumnType.LONG, true),
                field("seconds", ColumnType.LONG, true),
                field("ts", ColumnType.LONG, false)),
            "visit",
            "ts",
            EventTimeUnit.MILLIS,
            10_000,
            300_000);
    var visitor =
        new Entity(
            "visitor",
            List.of("person"),
            List.of(
                feature("visits", Aggregation.COUNT, "", "", "1h", "1d"),
                feature("seconds", Aggregation.SUM, "seconds", "", "1d"),
                feature("longest", Aggregation.MAX, "seconds", "", "1d")),
            List.of());
    return new Definition(SLIDE, schema, HOUR, DAY, List.of(visitor), Definition.NUMERICS_VERSION);
  }

  private ExtractDocument document() {
    var visits =
        new JoinedPipeline(
            "page-visits",
            4,
            DefinitionHash.of(definition()),
            definition(),
            this.visits.location(),
            List.of("visitor"),
            Map.of("person", "customer"),
            List.of("visits_*", "seconds_1d"));
    ExtractDocument own = world.document();
    return ShopDefinition.withPipelines(own, List.of(own.pipelines().get(0), visits));
  }

  @Test
  void joinsEachPipelineByItsOwnKeyAndGrid() throws Exception {
    ExtractDocument document = document();
    try (var archives = new Archives(SharedStack.spark(), document)) {
      var run = new Extract(SharedStack.spark(), document, Instant.ofEpochMilli(AS_OF), archives);
      var manifest = run.run().manifest();
      assertThat(manifest.definitions()).containsOnlyKeys("page-visits", "sales");
      assertThat(manifest.definitions().get("page-visits").version()).isEqualTo(4);
    }
    List<Row> rows = world.rows();
    assertThat(rows).hasSizeGreaterThan(700);
    assertThat(rows.get(0).schema().fieldNames())
        .contains("customer__n_1d", "item__n_1d")
        .contains("page_visits__visitor__visits_1h", "page_visits__visitor__visits_1d")
        .contains("page_visits__visitor__seconds_1d")
        .doesNotContain("page_visits__visitor__longest_1d");
    int filled = 0;
    for (Row row : rows) {
      Long customer = customerOf(row.getAs("anchor_id"));
      long t = Windows.floorTo(millis(row) - ShopWorld.SERVING_DELAY, SLIDE);
      List<ArchivedEvent> day = inWindow(customer, t, DAY);
      String what = "anchor " + row.getAs("anchor_id") + " of customer " + customer;
      Long visitsOfTheDay = row.getAs("page_visits__visitor__visits_1d");
      assertThat(visitsOfTheDay)
          .as(what)
          .isEqualTo(customer == null ? null : Long.valueOf(day.size()));
      assertThat(row.<Long>getAs("page_visits__visitor__visits_1h"))
          .as(what)
          .isEqualTo(customer == null ? null : Long.valueOf(inWindow(customer, t, HOUR).size()));
      if (!day.isEmpty()) {
        filled++;
        assertThat(row.<Long>getAs("page_visits__visitor__seconds_1d"))
            .as(what)
            .isEqualTo(day.stream().mapToLong(event -> (Long) event.fields().get(2)).sum());
      }
    }
    assertThat(filled).isGreaterThan(500);
  }

  /** Nothing is final before every joined pipeline has archived what could matter. */
  @Test
  void waitsForTheSlowestArchive() throws Exception {
    visits.clock(4, START + DAY);
    ExtractDocument document = document();
    try (var archives = new Archives(SharedStack.spark(), document)) {
      new Extract(SharedStack.spark(), document, Instant.ofEpochMilli(AS_OF), archives).run();
    }
    assertThat(world.rows()).isNotEmpty().allMatch(row -> millis(row) <= START + DAY);
  }

  private static long millis(Row row) {
    return row.<Instant>getAs("t0").toEpochMilli();
  }

  private Long customerOf(long anchor) {
    return (Long) sold.get((int) anchor).fields().get(1);
  }

  /** Visits with ts in [T − window, T) that serving could see at T (semantics.md §3). */
  private List<ArchivedEvent> inWindow(Long person, long t, long window) {
    return visited.stream()
        .filter(event -> person != null && person.equals(event.fields().get(1)))
        .filter(event -> event.ts() >= t - window && event.ts() < t && event.visibleFrom() <= t)
        .toList();
  }
}
