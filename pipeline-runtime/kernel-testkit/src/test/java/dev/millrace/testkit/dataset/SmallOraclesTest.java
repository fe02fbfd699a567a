package dev.millrace.testkit.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Published window cases of other systems whose bounds ours can express. Skipped: row-count windows
 * (ROWS, MAXSIZE), because our windows are spans of time; cases that exclude one row, because ours
 * know no current row; Feast and pandas as-of cases, because the kernel joins nothing.
 */
class SmallOraclesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path folder;

  @BeforeEach
  void findData() {
    Optional<Path> found = SharedData.folder("small_oracles");
    assumeThat(found).as(SharedData.absent("small_oracles")).isPresent();
    folder = found.orElseThrow();
  }

  /** pandas: rolling sums over two seconds with each of the four kinds of bounds. */
  @Test
  void pandasRollingSumsWithAllBounds() throws IOException {
    JsonNode published = read("pandas_asof/rolling_closed.json");
    long w = published.get("window_seconds").asLong() * 1_000;
    var bounds =
        Map.of(
            "right", new RangeWindow(1 - w, 0),
            "both", new RangeWindow(-w, 0),
            "left", new RangeWindow(-w, -1),
            "neither", new RangeWindow(1 - w, -1));
    List<Long> times = elements(published.get("times")).map(time -> time.asLong() * 1_000).toList();
    bounds.forEach(
        (name, window) -> {
          for (int i = 0; i < times.size(); i++) {
            window.add(times.get(i), published.get("values").get(i).asDouble());
          }
          Map<Long, List<Object>> rows = window.at(times);
          for (int i = 0; i < times.size(); i++) {
            assertRow(
                name + " at " + times.get(i),
                published.get("sum").get(name).get(i),
                rows,
                times.get(i),
                1);
          }
        });
  }

  /** Apache Flink, OVER (RANGE 1 s PRECEDING): [t − 1s, t], all peers of a timestamp. */
  @Test
  void flinkOverRangeWindows() throws IOException {
    int compared = 0;
    for (JsonNode testCase : read("flink/over_cases.json")) {
      if (testCase.get("frame").asText().equals("RANGE")) {
        compared += checkFlink(testCase);
      }
    }
    assertThat(compared).isEqualTo(40);
  }

  private static int checkFlink(JsonNode testCase) {
    boolean isKeyed = !testCase.get("partition").isNull();
    var windows = new TreeMap<String, RangeWindow>();
    var rows = new ArrayList<JsonNode>();
    for (JsonNode element : testCase.get("stream")) {
      if (element.isArray()) {
        rows.add(element);
        windows
            .computeIfAbsent(key(element, isKeyed), key -> window(testCase))
            .add(element.get(0).asLong(), element.get(1).asDouble());
      }
    }
    var actual = new ArrayList<String>();
    windows.forEach(
        (key, window) -> {
          List<JsonNode> ofKey =
              rows.stream().filter(row -> key(row, isKeyed).equals(key)).toList();
          Map<Long, List<Object>> values =
              window.at(ofKey.stream().map(row -> row.get(0).asLong()).toList());
          for (JsonNode row : ofKey) {
            List<Object> value = values.get(row.get(0).asLong());
            actual.add(
                row.get(3).asText()
                    + " "
                    + row.get(2)
                    + " "
                    + value.get(0)
                    + " "
                    + ((Double) value.get(1)).longValue());
          }
        });
    List<String> expected =
        elements(testCase.get("expected"))
            .map(row -> elements(row).map(JsonNode::asText).collect(Collectors.joining(" ")))
            .toList();
    assertThat(actual)
        .as(testCase.get("name").asText())
        .containsExactlyInAnyOrderElementsOf(expected);
    return actual.size();
  }

  private static RangeWindow window(JsonNode testCase) {
    return new RangeWindow(-testCase.get("preceding_ms").asLong(), 0);
  }

  private static String key(JsonNode row, boolean isKeyed) {
    return isKeyed ? row.get(3).asText() : "";
  }

  /**
   * OpenMLDB, ROWS_RANGE: [t − lower, t − upper], where a row does not see later rows of its own
   * timestamp; such rows are left out here.
   */
  @Test
  void openMldbRangeWindows() throws IOException {
    int compared = 0;
    for (JsonNode testCase : read("openmldb/windows_dev.json.gz")) {
      if (isSpanOfTime(testCase)) {
        compared += checkOpenMldb(testCase);
      }
    }
    assertThat(compared).isGreaterThan(200);
  }

  private static boolean isSpanOfTime(JsonNode testCase) {
    return testCase.get("frame").asText().equals("ROWS_RANGE")
        && testCase.get("maxsize").isNull()
        && !testCase.get("exclude_current_row").asBoolean()
        && !testCase.get("exclude_current_time").asBoolean()
        && !testCase.path("arrival_mode").asText().equals("request");
  }

  private static int checkOpenMldb(JsonNode testCase) {
    int open = testCase.get("lower_open").asBoolean() ? 1 : 0;
    long from = -testCase.get("lower").asLong() + open;
    long to = -testCase.get("upper").asLong();
    Map<String, List<JsonNode>> byKey =
        elements(testCase.get("events"))
            .collect(
                Collectors.groupingBy(
                    event -> event.get("key").toString(), TreeMap::new, Collectors.toList()));
    int compared = 0;
    for (List<JsonNode> events : byKey.values()) {
      var window = new RangeWindow(from, to);
      events.forEach(event -> window.add(event.get("ts").asLong(), event.get("val").asDouble()));
      Map<Long, List<Object>> rows =
          window.at(events.stream().map(event -> event.get("ts").asLong()).toList());
      for (JsonNode event : events) {
        JsonNode expected = testCase.get("expected").get(event.get("id").asText());
        if (expected != null && (to < 0 || isLastOfItsTime(event, events))) {
          String where = testCase.get("src").asText() + " row " + event;
          int column = List.of("count", "sum", "min").indexOf(testCase.get("agg").asText());
          assertRow(where, expected, rows, event.get("ts").asLong(), column);
          compared++;
        }
      }
    }
    return compared;
  }

  private static boolean isLastOfItsTime(JsonNode event, List<JsonNode> events) {
    return events.stream()
        .noneMatch(
            other ->
                other.get("ts").asLong() == event.get("ts").asLong()
                    && other.get("seq").asLong() > event.get("seq").asLong());
  }

  /** Their null is an empty window, whose count and sum are 0 for us. */
  private static void assertRow(
      String where, JsonNode expected, Map<Long, List<Object>> rows, long t, int column) {
    List<Object> row = rows.get(t);
    if (expected.isNull()) {
      assertThat(row.get(0)).as(where).isEqualTo(0L);
    } else {
      // They add doubles one by one, some of them as floats.
      double value = ((Number) row.get(column)).doubleValue();
      assertThat(value).as(where).isCloseTo(expected.asDouble(), within(1e-4));
    }
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    var elements = new ArrayList<JsonNode>();
    array.forEach(elements::add);
    return elements.stream();
  }

  private JsonNode read(String file) throws IOException {
    try (InputStream bytes = Files.newInputStream(folder.resolve(file))) {
      return JSON.readTree(file.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes);
    }
  }
}
