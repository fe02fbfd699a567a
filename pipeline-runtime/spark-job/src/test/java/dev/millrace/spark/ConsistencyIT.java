package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.FeatureLog;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.publish.Consistency;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.run.RunName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every run holds a sample of its features against the feature log (semantics.md §7). */
class ConsistencyIT {
  private static final long AS_OF = START + 20 * DAY;
  private static final long SEED = 13;
  private static final int EVENTS = 700;

  /** Columns of the customer's log: customer, _asof, n_1h, … */
  private static final int CUSTOMER = 0;

  private static final int T = 1;
  private static final int N_1H = 2;
  private static final int N_1D = 3;

  @TempDir Path folder;
  private ShopWorld world;
  private List<ArchivedEvent> events;

  @BeforeEach
  void archiveWithLabels() throws Exception {
    System.out.println("seed " + SEED);
    world = new ShopWorld(folder, 1);
    events = ShopEvents.generate(SEED, EVENTS, 6);
    world.archive(events, AS_OF);
    world.labels().append(List.of(world.label(0, -1, true, AS_OF - MINUTE)));
  }

  private void log(String entity, UnaryOperator<List<Row>> changed) {
    var log = new FeatureLog(world.definition(), entity);
    List<Row> rows = changed.apply(log.rows(new ArrayList<>(events), AS_OF));
    world.archive().appendFeatures(1, entity, log.type(), rows);
  }

  private Manifest run() {
    return world.run(AS_OF).manifest();
  }

  @Test
  void recomputedIsWhatWasLogged() throws Exception {
    log("customer", rows -> rows);
    log("item", rows -> rows);
    Manifest manifest = run();
    Consistency found = manifest.consistency();
    long keys =
        events.stream().filter(event -> event.fields().get(1) != null).count()
            + events.stream().filter(event -> event.fields().get(2) != null).count();
    assertThat(found).isEqualTo(new Consistency(keys, 0, Map.of(), 0, List.of()));
    assertThat(manifest.warnings()).noneMatch(warning -> warning.startsWith("features differ"));

    // A rerun reads the same log, however much longer or wrong it has become since.
    Map<String, String> before = world.digests();
    String run = RunName.of(Instant.ofEpochMilli(AS_OF));
    Files.delete(world.trainingSet().resolve("manifests/" + run + ".json"));
    Files.delete(world.trainingSet().resolve("latest.json"));
    log("customer", rows -> List.of(with(rows.get(0), N_1H, 77L)));
    run();
    assertThat(world.digests()).isEqualTo(before);
  }

  @Test
  void findsTheChangedTheMissingAndTheInventedRow() {
    log(
        "customer",
        rows -> {
          var changed = new ArrayList<>(rows);
          Row wrong = served(rows, 1L);
          changed.set(changed.indexOf(wrong), with(wrong, N_1H, wrong.getLong(N_1H) + 1));
          changed.remove(served(rows, 2L));
          Row shown = served(rows, 3L);
          changed.add(with(with(shown, T, shown.getLong(T) + MINUTE), N_1H, 99L));
          return changed;
        });
    log("item", rows -> rows);
    Consistency found = run().consistency();
    assertThat(found.mismatches()).isGreaterThanOrEqualTo(3);
    assertThat(found.byColumn()).containsKey("customer__n_1h");
    assertThat(found.byColumn().keySet()).allMatch(column -> column.startsWith("customer__"));
    assertThat(run().warnings())
        .anyMatch(warning -> warning.startsWith("features differ from what was served: "));
  }

  @Test
  void saysWhatHasNoLog() throws Exception {
    assertThat(run().consistency())
        .isEqualTo(new Consistency(0, 0, Map.of(), 0, List.of("sales/customer", "sales/item")));
  }

  /** What a second version replayed before readers switched to it was served to nobody. */
  @Test
  void leavesOutWhatWasNotServed() throws Exception {
    long switched = START + 3 * DAY;
    world.archive().version(world.definition(), 0, Map.of(0, 0L));
    world.archive().version(world.definition(), 1, Map.of(0, 0L), switched);
    log(
        "customer",
        rows ->
            rows.stream()
                .map(row -> wasReplaced(row, switched) ? with(row, N_1H, 55L) : row)
                .toList());
    Consistency found = run().consistency();
    assertThat(found.mismatches()).isZero();
    assertThat(found.rows()).isPositive();
    assertThat(found.notServed()).isPositive();
    assertThat(found.notLogged()).containsExactly("sales/item");
  }

  /** Whether readers had a later row by then: its events had left the day's window. */
  private static boolean wasReplaced(Row row, long switched) {
    return row.getLong(T) < switched - 2 * DAY && row.getLong(N_1D) > 0;
  }

  /** The row that a customer's last anchor was served, with something in the last hour. */
  private Row served(List<Row> log, long customer) {
    for (int i = events.size() - 1; i >= 0; i--) {
      ArchivedEvent anchor = events.get(i);
      if (!Long.valueOf(customer).equals(anchor.fields().get(1))) {
        continue;
      }
      long t = ShopWorld.servedAt(anchor.ts());
      Row newest = null;
      for (Row row : log) {
        if (row.getLong(CUSTOMER) == customer
            && row.getLong(T) <= t
            && (newest == null || row.getLong(T) > newest.getLong(T))) {
          newest = row;
        }
      }
      if (newest != null && newest.getLong(N_1H) > 0 && newest.getLong(T) + MINUTE <= t) {
        return newest;
      }
    }
    throw new AssertionError(
        "no anchor of customer " + customer + " has an event in the last hour");
  }

  private static Row with(Row row, int column, Object value) {
    var cells = new Object[row.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i == column ? value : row.get(i);
    }
    return RowFactory.create(cells);
  }
}
