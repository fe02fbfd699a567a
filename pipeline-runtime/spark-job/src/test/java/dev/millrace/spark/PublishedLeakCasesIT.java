package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.kernel.Windows;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.testkit.dataset.SharedData;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Feast's published point-in-time cases, each value an event that serving could see from when it
 * was created. By default Feast gives a training row the newest value of an event time, even one
 * that was written after the row's own time; it published that as a case. Here the row must have
 * what was known then, as in Feast's own cases with the filter on.
 *
 * <p>Left out by name: {@code ibis_pit_ttl10d}, which counts a value at the row's own instant; our
 * windows end before it (semantics.md §3).
 */
class PublishedLeakCasesIT {
  private static final String LEAK = "default_latest_created";
  private static final String OTHER_BOUND = "ibis_pit_ttl10d";
  private static final long KEYS_OF_A_CASE = 100;
  private static final int CASES = 5;

  @TempDir Path folder;

  private final List<ArchivedEvent> events = new ArrayList<>();
  private final Map<Long, String> anchors = new LinkedHashMap<>();
  private final Map<String, String> expected = new TreeMap<>();

  @Test
  void noRowHasAValueThatWasWrittenAfterIt() throws Exception {
    Optional<Path> data = SharedData.folder("small_oracles");
    assumeThat(data).as(SharedData.absent("small_oracles")).isPresent();
    JsonNode cases =
        new ObjectMapper().readTree(data.orElseThrow().resolve("feast/pit_cases.json").toFile());
    int read = 0;
    for (JsonNode published : cases) {
      if (!published.path("name").asText().equals(OTHER_BOUND)) {
        read(published, ++read * KEYS_OF_A_CASE);
      }
    }
    assertThat(read).isEqualTo(CASES);
    events.sort(Comparator.comparingLong(ArchivedEvent::visibleFrom));
    long asOf = Instant.parse("2025-01-20T00:00:00Z").toEpochMilli();
    var world = new ShopWorld(folder, 1);
    world.archive(events, asOf);
    world.labels().append(List.of(world.label(0, -1, true, asOf - MINUTE)));

    world.run(asOf);

    var seen = new TreeMap<String, String>();
    for (Row row : world.rows()) {
      String anchor = anchors.get(row.<Long>getAs("anchor_id"));
      if (anchor != null) {
        seen.put(anchor, String.valueOf(row.<Object>getAs("customer__last_item_1d")));
      }
    }
    assertThat(seen).isEqualTo(expected);
  }

  private void read(JsonNode published, long firstKey) {
    String name = published.path("name").asText();
    for (JsonNode source : published.path("source")) {
      // What has no time of writing was never served.
      if (!source.get(2).isNull()) {
        long ts = millis(source.get(1));
        assertThat(millis(published.path("entity").get(0).get(1)) - ts).isLessThan(DAY);
        event(firstKey + source.get(0).asLong(), source.get(3).asText(), ts, millis(source.get(2)));
      }
    }
    for (int i = 0; i < published.path("entity").size(); i++) {
      JsonNode entity = published.path("entity").get(i);
      long t0 = millis(entity.get(1));
      anchors.put(event(firstKey + entity.get(0).asLong(), null, t0, t0), name + " " + i);
      // The published value of this case is the leak: 0.6 was written the day after.
      String value = name.equals(LEAK) ? "0.4" : published.path("expected").get(i).asText("null");
      expected.put(name + " " + i, value);
    }
  }

  private long event(long customer, String item, long ts, long written) {
    long row = events.size() + 1;
    long visible = Windows.nextGridPoint(written, ShopDefinition.SLIDE);
    events.add(ShopEvents.event(row, customer, item, null, null, null, ts, visible));
    return row;
  }

  private static long millis(JsonNode instant) {
    return Instant.parse(instant.asText()).toEpochMilli();
  }
}
