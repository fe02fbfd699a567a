package dev.millrace.testkit.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import dev.millrace.testkit.EventStreams;
import dev.millrace.testkit.JudgedRecord;
import dev.millrace.testkit.LogRecord;
import dev.millrace.testkit.LogRules;
import dev.millrace.testkit.NaiveLog;
import dev.millrace.testkit.NaiveWindows;
import dev.millrace.testkit.OracleEvent;
import dev.millrace.testkit.StreamShape;
import dev.millrace.testkit.StreamShape.Disorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The shipped fixtures are what the oracle says. {@code -Dmillrace.parity.regenerate=true} writes
 * them anew into the sources.
 */
class ParityFixtureTest {
  private static final long SLIDE = 30_000;
  private static final LogRules RULES = LogRules.defaults(SLIDE);
  private static final List<InputType> INPUTS =
      List.of(InputType.PRESENCE, InputType.INTEGER, InputType.DOUBLE, InputType.TEXT);
  private static final Disorder DISORDER =
      new Disorder(0.2, 0.15, 0.05, 0.15, 0.2, 0.1, 0, 0.05, 0.05);

  @Test
  void filesEqualTheOracle() throws IOException {
    for (String name : ParityFixture.NAMES) {
      for (Map.Entry<String, String> file : files(name).entrySet()) {
        if (Boolean.getBoolean("millrace.parity.regenerate")) {
          Path path =
              Path.of(System.getProperty("millrace.root"))
                  .resolve("pipeline-runtime/kernel-testkit/src/main/resources/parity")
                  .resolve(name)
                  .resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.writeString(path, file.getValue());
        } else {
          assertThat(ParityFiles.text(name, file.getKey()))
              .as("%s/%s", name, file.getKey())
              .isEqualTo(file.getValue());
        }
      }
    }
  }

  @Test
  void loadedFixturesHaveTheOraclesRows() {
    for (String name : ParityFixture.NAMES) {
      ParityFixture fixture = ParityFixture.load(name);
      assertThat(fixture.rules()).isEqualTo(RULES);
      assertThat(fixture.inputs()).isEqualTo(INPUTS);
      assertThat(fixture.log()).isEqualTo(log(name));
      assertThat(fixture.columns()).isEqualTo(columns(name));
      assertThat(fixture.rows()).isEqualTo(rows(name)).isNotEmpty();
    }
  }

  private static Map<String, String> files(String name) {
    var events = new ArrayList<String>();
    events.add("partition,offset,arrival,ts,id,key," + joined(INPUTS.stream()));
    for (LogRecord r : log(name)) {
      events.add(
          joined(Stream.of(r.partition(), r.offset(), r.arrival(), r.ts(), r.id(), r.keys().get(0)))
              + ","
              + joined(r.values().stream().map(ParityText::print)));
    }
    var columns = new ArrayList<String>();
    columns.add("input,aggregate,windowMillis,tailMillis,offsetMillis,scale");
    for (WindowColumn c : columns(name)) {
      columns.add(
          joined(
              Stream.of(
                  c.input(),
                  c.aggregate(),
                  c.windowMillis(),
                  c.tailMillis(),
                  c.offsetMillis(),
                  c.scale())));
    }
    var rows = new ArrayList<String>();
    rows.add("key,t" + ",value".repeat(columns(name).size()));
    rows(name)
        .forEach(
            (key, ofKey) ->
                ofKey.forEach(
                    (t, row) ->
                        rows.add(
                            key + "," + t + "," + joined(row.stream().map(ParityText::print)))));
    return Map.of(
        "description.txt", description(name) + "\n",
        "rules.csv",
            "slideMillis,maxOutOfOrdernessMillis,allowedLatenessMillis,maxFutureSkewMillis,"
                + "horizonMillis\n30000,10000,3600000,300000,86400000\n",
        "columns.csv", lines(columns),
        "events.csv", lines(events),
        "rows.csv", lines(rows));
  }

  private static String description(String name) {
    return switch (name) {
      case "late-and-copies" ->
          "Two partitions; late events, events from the future, copies with another payload.";
      case "offsets-and-coarse-tails" ->
          "Windows of 7d and 30d at a slide of 30s: tails of 4m and 16m; one feature lies an hour back.";
      default ->
          "Sums, means and variances of doubles: nulls, infinities, tiny values beside large ones.";
    };
  }

  private static List<LogRecord> log(String name) {
    return switch (name) {
      case "late-and-copies" -> stream(11, 45, 20_000);
      case "offsets-and-coarse-tails" -> stream(12, 40, 6 * LogRules.HOUR);
      default -> stream(13, 40, 40_000);
    };
  }

  private static List<LogRecord> stream(long seed, int events, long gap) {
    var shape =
        new StreamShape(
            events, 3, 2, 1_700_000_000_000L, gap, LogRules.DAY, false, DISORDER, INPUTS);
    return EventStreams.generate(seed, shape, RULES);
  }

  private static List<WindowColumn> columns(String name) {
    return switch (name) {
      case "late-and-copies" ->
          List.of(
              column(0, Aggregate.COUNT, 5 * LogRules.MINUTE, 0, 0),
              column(1, Aggregate.SUM, 5 * LogRules.MINUTE, 0, 2),
              column(1, Aggregate.MEAN, LogRules.HOUR, 0, 2),
              column(1, Aggregate.MAX, LogRules.HOUR, 0, 2),
              column(3, Aggregate.FIRST, LogRules.HOUR, 0, 0),
              column(3, Aggregate.LAST, LogRules.HOUR, 0, 0),
              column(3, Aggregate.COUNT_DISTINCT, LogRules.HOUR, 0, 0));
      case "offsets-and-coarse-tails" ->
          List.of(
              column(0, Aggregate.COUNT, 7 * LogRules.DAY, 0, 0),
              column(1, Aggregate.SUM, 30 * LogRules.DAY, 0, 2),
              column(1, Aggregate.MIN, LogRules.DAY, LogRules.HOUR, 2),
              column(3, Aggregate.LAST, 7 * LogRules.DAY, LogRules.HOUR, 0));
      default ->
          List.of(
              column(2, Aggregate.COUNT, LogRules.HOUR, 0, 0),
              column(2, Aggregate.SUM, LogRules.HOUR, 0, 0),
              column(2, Aggregate.MEAN, 5 * LogRules.MINUTE, 0, 0),
              column(2, Aggregate.VARIANCE, LogRules.HOUR, 0, 0),
              column(2, Aggregate.STD_DEV, LogRules.HOUR, 0, 0),
              column(2, Aggregate.MIN, LogRules.HOUR, 0, 0));
    };
  }

  private static WindowColumn column(
      int input, Aggregate aggregate, long window, long offset, int scale) {
    long tail = NaiveWindows.tailMillis(SLIDE, window);
    return new WindowColumn(input, aggregate, window, tail, offset, scale, 0);
  }

  private static Map<String, TreeMap<Long, List<Object>>> rows(String name) {
    var oracle = new NaiveWindows(SLIDE, INPUTS, columns(name));
    Map<String, List<OracleEvent>> events =
        new NaiveLog(RULES)
            .judge(log(name)).stream()
                .filter(JudgedRecord::isAccepted)
                .collect(
                    Collectors.groupingBy(
                        judged -> judged.record().keys().get(0),
                        TreeMap::new,
                        Collectors.mapping(JudgedRecord::event, Collectors.toList())));
    var rows = new TreeMap<String, TreeMap<Long, List<Object>>>();
    events.forEach(
        (key, ofKey) -> {
          var fired = new TreeMap<Long, List<Object>>();
          for (long t : oracle.firedGridPoints(ofKey, Long.MAX_VALUE)) {
            fired.put(t, oracle.row(ofKey, t));
          }
          rows.put(key, fired);
        });
    return rows;
  }

  private static String joined(Stream<?> values) {
    return values.map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
