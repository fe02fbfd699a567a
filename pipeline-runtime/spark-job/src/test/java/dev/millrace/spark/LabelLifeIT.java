package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.HOUR;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopDefinition.field;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Attribution;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.LabelMatch;
import dev.millrace.contract.SourceFormat;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.LabelLifeOracle;
import dev.millrace.spark.fixture.LabelLifeOracle.Anchor;
import dev.millrace.spark.fixture.LabelLifeOracle.Label;
import dev.millrace.spark.fixture.LabelLifeOracle.Rules;
import dev.millrace.spark.fixture.LabelLifeOracle.Version;
import dev.millrace.spark.fixture.LabelLog;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.report.Reports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs after runs over generated labels, each on or beside an edge, many of them later than
 * expected: data set and corrections are those of {@link LabelLifeOracle}, in every time zone.
 */
class LabelLifeIT {
  private static final long SEED = Long.getLong("seed", 23);
  private static final int ANCHORS = 150;
  private static final int LABELS = 250;
  private static final int CUSTOMERS = 6;
  private static final int PARTITIONS = 3;

  @TempDir Path folder;

  @ParameterizedTest(name = "by customer {0}, {1}, Boolean {2}, gap {3} h; in {4} and so on")
  @CsvSource({
    "false, LAST_TOUCH, true, 0, 'Pacific/Pago_Pago America/St_Johns'",
    "true, LAST_TOUCH, false, 2, 'America/New_York Africa/Casablanca'",
    "true, FIRST_TOUCH, true, 2, 'Europe/London Asia/Kathmandu'",
    "true, ALL_TOUCH, false, 0, 'Australia/Lord_Howe Pacific/Kiritimati'",
  })
  void everyRunFinalisesAndCorrectsWhatTheOracleSays(
      boolean byCustomer, Attribution attribution, boolean isBoolean, int gapHours, String zones)
      throws Exception {
    System.out.println("seed " + SEED);
    var rules =
        new Rules(
            byCustomer, attribution, isBoolean, gapHours * HOUR, DAY, DAY / 2, DAY / 2, MINUTE);
    TimeZone before = TimeZone.getDefault();
    try {
      compare(rules, new Random(SEED), zones.split(" "));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private void compare(Rules rules, Random random, String[] zones) throws Exception {
    List<Anchor> anchors = anchors(random);
    List<Label> labels = labels(random, rules, anchors);
    var world = new ShopWorld(folder, PARTITIONS, label(rules)).withoutFeatures();
    var events = new ArrayList<ArchivedEvent>();
    anchors.forEach(
        each ->
            events.add(
                ShopEvents.event(
                    each.row(), each.customer(), "pen", "1.00", 1.0, true, each.t0())));
    world.archive(events, START);
    var oracle = new LabelLifeOracle(rules, anchors);
    int next = 0;
    int runs = 0;
    Map<String, String> published = Map.of();
    for (long asOf : List.of(START + 3 * DAY, START + 5 * DAY, START + 7 * DAY)) {
      var news = new ArrayList<LabelLog.Entry>();
      while (next < labels.size() && labels.get(next).arrival() < asOf) {
        news.add(entry(labels.get(next++)));
      }
      world.labels().append(news);
      long archived = asOf - DAY;
      world.archive().clock(1, archived);

      TimeZone.setDefault(TimeZone.getTimeZone(zones[runs++ % zones.length]));
      var outcome = world.run(asOf);
      oracle.run(labels.subList(0, next), asOf, archived);

      assertThat(versions(world.rows(), rules)).isEqualTo(oracle.rows());
      assertThat(versions(world.corrections(), rules))
          .containsExactlyInAnyOrderElementsOf(oracle.corrections());
      var report = Reports.of(outcome, "file:/x", 1).labels();
      assertThat(report.pending()).isEqualTo(oracle.pending(asOf));
      assertThat(report.corrected()).isEqualTo(oracle.corrected());
      assertThat(report.finalised()).isEqualTo(oracle.rows().size());
      assertThat(world.digests())
          .as("nothing published has changed")
          .containsAllEntriesOf(published);
      published = world.digests();
      published.remove("latest.json");
    }
    assertThat(oracle.rows()).hasSizeGreaterThan(ANCHORS / 3);
    assertThat(oracle.corrections()).hasSizeGreaterThan(2);
  }

  private static List<Anchor> anchors(Random random) {
    var anchors = new ArrayList<Anchor>();
    for (int i = 0; i < ANCHORS; i++) {
      long t0 = START + random.nextInt(4 * 24 * 4) * 15 * MINUTE;
      anchors.add(new Anchor(i, random.nextInt(CUSTOMERS), t0));
    }
    return anchors;
  }

  /**
   * On the edges of windows and a millisecond beside them, by arrival; every partition is alive.
   */
  private static List<Label> labels(Random random, Rules rules, List<Anchor> anchors) {
    var labels = new ArrayList<Label>();
    for (int i = 0; i < LABELS; i++) {
      Anchor anchor = anchors.get(random.nextInt(ANCHORS));
      long from = anchor.t0() + rules.gap();
      long[] edges = {
        from, from + 1, from + rules.window(), from + rules.window() + 1, from + 20 * MINUTE
      };
      long ts = edges[random.nextInt(edges.length)];
      long arrival = ts + (random.nextInt(3) == 0 ? random.nextLong(4 * DAY) : 0);
      labels.add(
          new Label(
              "l%03d".formatted(i),
              anchor.row(),
              anchor.customer(),
              random.nextInt(100),
              random.nextInt(PARTITIONS),
              ts,
              arrival));
    }
    for (long hour = 0; hour < 8 * 24; hour += 6) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        long ts = START + hour * HOUR + partition;
        labels.add(new Label("alive" + ts, -1, -1, 0, partition, ts, ts));
      }
    }
    labels.sort(Comparator.comparingLong(Label::arrival));
    return labels;
  }

  /** A partition that dies before, in and after the window of an anchor, and then comes back. */
  @ParameterizedTest(name = "last record {0} h after t0")
  @CsvSource({"-1", "5", "30"})
  void silenceIsNeverANegative(int hours) throws Exception {
    var rules = new Rules(false, Attribution.LAST_TOUCH, true, 0, DAY, DAY / 2, DAY / 2, 0);
    var anchor = new Anchor(1, 1, START);
    var world = new ShopWorld(folder, PARTITIONS, label(rules)).withoutFeatures();
    world.archive(
        List.of(ShopEvents.event(1, 1L, "pen", "1.00", 1.0, true, START)), START + 9 * DAY);
    var oracle = new LabelLifeOracle(rules, List.of(anchor));
    long died = START + hours * HOUR;
    var labels = new ArrayList<>(List.of(new Label("last", -1, -1, 0, 0, died, died)));
    long silent = START + 3 * DAY;
    labels.add(new Label("alive", -1, -1, 0, 1, silent - 1, silent - 1));
    run(world, oracle, labels, silent);

    assertThat(world.rows()).isEmpty();
    assertThat(oracle.rows()).isEmpty();

    long back = silent + HOUR;
    var late = new Label("late", 1, 1, 99, 0, START + 20 * HOUR, back);
    var alive = new Label("alive-2", -1, -1, 0, 1, back, back);
    run(world, oracle, List.of(late, alive), back + MINUTE);

    assertThat(versions(world.rows(), rules)).containsExactly(new Version(1, 1, true));
    assertThat(oracle.rows()).containsExactly(new Version(1, 1, true));
  }

  private final List<Label> arrived = new ArrayList<>();

  private void run(ShopWorld world, LabelLifeOracle oracle, List<Label> news, long asOf)
      throws Exception {
    arrived.addAll(news);
    world.labels().append(news.stream().map(LabelLifeIT::entry).toList());
    world.run(asOf);
    oracle.run(arrived, asOf, START + 9 * DAY);
  }

  private static List<Version> versions(List<Row> rows, Rules rules) {
    return rows.stream()
        .map(
            row ->
                new Version(
                    row.<Long>getAs("anchor_id"),
                    row.schema().getFieldIndex("_version").isEmpty()
                        ? 1
                        : row.<Integer>getAs("_version"),
                    row.getAs(name(rules))))
        .sorted(Comparator.comparingLong(Version::row).thenComparingInt(Version::version))
        .toList();
  }

  private static String name(Rules rules) {
    return rules.isBoolean() ? "bought" : "spent";
  }

  private static LabelLog.Entry entry(Label label) {
    String json =
        "{\"id\":\"%s\",\"row\":%d,\"customer\":%d,\"amount\":%d,\"at\":%d}"
            .formatted(label.id(), label.row(), label.customer(), label.amount(), label.ts());
    return new LabelLog.Entry(label.partition(), label.arrival(), json);
  }

  private static LabelDefinition label(Rules rules) {
    var schema =
        new EventSchema(
            SourceFormat.JSON,
            List.of(
                field("id", ColumnType.STRING, false),
                field("row", ColumnType.LONG, false),
                field("customer", ColumnType.LONG, true),
                field("amount", ColumnType.LONG, false),
                field("at", ColumnType.LONG, false)),
            "id",
            "at",
            EventTimeUnit.MILLIS,
            rules.outOfOrderness(),
            300_000);
    return new LabelDefinition(
        name(rules),
        schema,
        rules.byCustomer()
            ? new LabelMatch.ByEntity("customer")
            : new LabelMatch.ByReference("row", "row"),
        rules.isBoolean() ? "amount > 50" : "amount",
        rules.isBoolean() ? "false" : "-1",
        rules.gap(),
        rules.window(),
        rules.delay(),
        rules.stalledAfter(),
        rules.attribution());
  }
}
