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
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.LabelLog;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Outcomes that name no anchor (semantics.md §8), against a search that tries every anchor with
 * every label event.
 */
class EntityMatchIT {
  private static final long SEED = Long.getLong("seed", 17);
  private static final int ANCHORS = 300;
  private static final int LABELS = 300;
  private static final int CUSTOMERS = 5;
  private static final long WINDOW = 3 * HOUR;
  private static final long AS_OF = START + 4 * DAY;

  @TempDir Path folder;

  private record Anchor(long row, Long customer, long t0) {}

  private record Label(String id, Long customer, long ts, long amount) {}

  private static LabelDefinition label(Attribution attribution, long gap, boolean isBoolean) {
    var schema =
        ShopDefinition.labelSchema(
            field("customer", ColumnType.LONG, true), field("amount", ColumnType.LONG, false));
    return new LabelDefinition(
        isBoolean ? "bought" : "spent",
        schema,
        new LabelMatch.ByEntity("customer"),
        isBoolean ? "amount > 50" : "amount",
        isBoolean ? "false" : "-1",
        gap,
        WINDOW,
        0,
        DAY,
        attribution);
  }

  static Stream<Arguments> rules() {
    return Stream.of(Attribution.values())
        .flatMap(
            attribution ->
                Stream.of(
                    Arguments.of(attribution, 0L, true),
                    Arguments.of(attribution, 30 * MINUTE, false)));
  }

  @ParameterizedTest(name = "{0}, gap {1}, Boolean {2}")
  @MethodSource("rules")
  void everyOutcomeGoesWhereTheSearchSaysItDoes(
      Attribution attribution, long gap, boolean isBoolean) throws Exception {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    // Whole quarters of an hour, so that anchors tie and outcomes lie on every edge.
    var anchors = new ArrayList<Anchor>();
    for (long row = 0; row < ANCHORS; row++) {
      anchors.add(new Anchor(row, customer(random), instant(random)));
    }
    var labels = new ArrayList<Label>();
    for (int i = 0; i < LABELS; i++) {
      labels.add(
          new Label("l%03d".formatted(i), customer(random), edge(random), random.nextInt(100)));
    }
    var definition = label(attribution, gap, isBoolean);
    var world = world(anchors, labels, definition);

    var manifest = world.run(AS_OF).manifest();

    List<Row> rows = world.rows();
    assertThat(rows).hasSize(ANCHORS);
    Map<Long, List<Label>> expected = search(anchors, labels, attribution, gap);
    assertThat(expected).hasSizeGreaterThan(50);
    for (Row row : rows) {
      List<Label> got = expected.getOrDefault(row.<Long>getAs("anchor_id"), List.of());
      Object outcome = row.getAs(definition.name());
      assertThat(outcome)
          .as("anchor %s, %s", row.getAs("anchor_id"), got)
          .isEqualTo(isBoolean ? any(got) : last(got));
    }
    long withAnchor =
        labels.stream().filter(l -> anchors.stream().anyMatch(a -> isBefore(a, l, gap))).count();
    assertThat(manifest.delays().count()).isEqualTo(withAnchor);
  }

  private ShopWorld world(List<Anchor> anchors, List<Label> labels, LabelDefinition definition)
      throws Exception {
    var world = new ShopWorld(folder, 1, definition);
    var events = new ArrayList<ArchivedEvent>();
    for (Anchor anchor : anchors) {
      events.add(
          ShopEvents.event(anchor.row(), anchor.customer(), "pen", "1.00", 1.0, true, anchor.t0()));
    }
    world.archive(events, AS_OF);
    var entries = new ArrayList<LabelLog.Entry>();
    labels.forEach(each -> entries.add(entry(each)));
    entries.add(entry(new Label("alive", 99L, AS_OF - 1, 0)));
    world.labels().append(entries);
    return world;
  }

  private static LabelLog.Entry entry(Label label) {
    String json =
        "{\"id\":\"%s\",\"customer\":%s,\"amount\":%d,\"at\":%d}"
            .formatted(label.id(), label.customer(), label.amount(), label.ts());
    return new LabelLog.Entry(0, label.ts(), json);
  }

  private static Long customer(Random random) {
    int number = random.nextInt(CUSTOMERS + 1);
    return number == CUSTOMERS ? null : (long) number; // some have none
  }

  private static long instant(Random random) {
    return START + random.nextInt(4 * 48) * 15 * MINUTE;
  }

  private static long edge(Random random) {
    return instant(random) + random.nextInt(3) - 1;
  }

  /** Straight from the text: t0 + gap < ts <= t0 + gap + attributionWindow. */
  private static Map<Long, List<Label>> search(
      List<Anchor> anchors, List<Label> labels, Attribution attribution, long gap) {
    var found = new HashMap<Long, List<Label>>();
    // Of anchors at one instant the one later in the log is the later one.
    var order = Comparator.comparingLong(Anchor::t0).thenComparingLong(Anchor::row);
    for (Label label : labels) {
      Stream<Anchor> candidates =
          anchors.stream()
              .filter(anchor -> isBefore(anchor, label, gap))
              .filter(anchor -> label.ts() <= anchor.t0() + gap + WINDOW);
      Stream<Anchor> chosen =
          switch (attribution) {
            case LAST_TOUCH -> candidates.max(order).stream();
            case FIRST_TOUCH -> candidates.min(order).stream();
            case ALL_TOUCH -> candidates;
          };
      chosen.forEach(
          anchor -> found.computeIfAbsent(anchor.row(), row -> new ArrayList<>()).add(label));
    }
    return found;
  }

  private static boolean isBefore(Anchor anchor, Label label, long gap) {
    return label.customer() != null
        && Objects.equals(label.customer(), anchor.customer())
        && anchor.t0() + gap < label.ts();
  }

  private static boolean any(List<Label> labels) {
    return labels.stream().anyMatch(label -> label.amount() > 50);
  }

  private static long last(List<Label> labels) {
    return labels.stream()
        .max(Comparator.comparingLong(Label::ts).thenComparing(Label::id))
        .map(Label::amount)
        .orElse(-1L);
  }

  /** Until the archive is complete to the end of the window, a later anchor may yet come. */
  @Test
  void theLastTouchIsFinalOnlyWhenNoLaterAnchorCanBeMissing() throws Exception {
    var anchors = List.of(new Anchor(1, 1L, START), new Anchor(2, 1L, START + HOUR));
    var world = world(anchors, List.of(), label(Attribution.LAST_TOUCH, 0, true));
    world.archive().clock(1, START + WINDOW);

    assertThat(world.run(AS_OF).manifest().rows()).isEqualTo(1);

    world.archive().clock(1, START + HOUR + WINDOW);
    world.labels().append(List.of(entry(new Label("alive", 99L, AS_OF + HOUR - 1, 0))));
    assertThat(world.run(AS_OF + HOUR).manifest().rows()).isEqualTo(1);
  }
}
