package dev.millrace.testkit.parity;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import dev.millrace.testkit.EventId;
import dev.millrace.testkit.LogRecord;
import dev.millrace.testkit.LogRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small history with the rows that the oracle fires for it, as files that any engine's test can
 * read: {@code parity/<name>/} holds {@code description.txt}, {@code rules.csv}, {@code
 * columns.csv}, {@code events.csv} in the order of arrival and {@code rows.csv} in the order of key
 * and grid point.
 *
 * @param inputs type of each payload value
 * @param rows per key and grid point T the value of every column, as {@code NaiveAggregates.value}
 *     has it
 */
public record ParityFixture(
    String name,
    LogRules rules,
    List<InputType> inputs,
    List<WindowColumn> columns,
    List<LogRecord> log,
    Map<String, TreeMap<Long, List<Object>>> rows) {
  /** All fixtures. */
  public static final List<String> NAMES =
      List.of("late-and-copies", "offsets-and-coarse-tails", "doubles");

  /** Fields of an event before its payload. */
  private static final int EVENT_FIELDS = 6;

  public static ParityFixture load(String name) {
    long[] rules = longs(ParityFiles.lines(name, "rules.csv").get(1));
    List<String[]> events = ParityFiles.lines(name, "events.csv");
    var inputs = new ArrayList<InputType>();
    for (int i = EVENT_FIELDS; i < events.get(0).length; i++) {
      inputs.add(InputType.valueOf(events.get(0)[i]));
    }
    var columns = new ArrayList<WindowColumn>();
    for (String[] line : rest(ParityFiles.lines(name, "columns.csv"))) {
      columns.add(column(line));
    }
    var log = new ArrayList<LogRecord>();
    for (String[] line : rest(events)) {
      log.add(record(line, inputs));
    }
    return new ParityFixture(
        name,
        new LogRules(rules[0], rules[1], rules[2], rules[3], rules[4]),
        inputs,
        columns,
        log,
        rows(name, inputs, columns));
  }

  private static Map<String, TreeMap<Long, List<Object>>> rows(
      String name, List<InputType> inputs, List<WindowColumn> columns) {
    var rows = new TreeMap<String, TreeMap<Long, List<Object>>>();
    for (String[] line : rest(ParityFiles.lines(name, "rows.csv"))) {
      var row = new ArrayList<Object>();
      for (int i = 0; i < columns.size(); i++) {
        row.add(ParityText.parse(resultType(columns.get(i), inputs), line[i + 2]));
      }
      rows.computeIfAbsent(line[0], key -> new TreeMap<>()).put(Long.parseLong(line[1]), row);
    }
    return rows;
  }

  private static WindowColumn column(String[] line) {
    return new WindowColumn(
        Integer.parseInt(line[0]),
        Aggregate.valueOf(line[1]),
        Long.parseLong(line[2]),
        Long.parseLong(line[3]),
        Long.parseLong(line[4]),
        Integer.parseInt(line[5]),
        0);
  }

  private static LogRecord record(String[] line, List<InputType> inputs) {
    var values = new ArrayList<Object>();
    for (int i = 0; i < inputs.size(); i++) {
      values.add(ParityText.parse(inputs.get(i), line[EVENT_FIELDS + i]));
    }
    return new LogRecord(
        Integer.parseInt(line[0]),
        Long.parseLong(line[1]),
        Long.parseLong(line[2]),
        Long.valueOf(line[3]),
        EventId.of(Long.parseLong(line[4])),
        List.of(line[5]),
        values);
  }

  /** What a column's values are: integers, doubles or texts. */
  static InputType resultType(WindowColumn column, List<InputType> inputs) {
    return switch (column.aggregate()) {
      case COUNT, COUNT_DISTINCT -> InputType.INTEGER;
      case MEAN, VARIANCE, STD_DEV, QUANTILE -> InputType.DOUBLE;
      case SUM, MIN, MAX, FIRST, LAST -> inputs.get(column.input());
    };
  }

  private static List<String[]> rest(List<String[]> lines) {
    return lines.subList(1, lines.size());
  }

  private static long[] longs(String[] line) {
    long[] numbers = new long[line.length];
    for (int i = 0; i < line.length; i++) {
      numbers[i] = Long.parseLong(line[i]);
    }
    return numbers;
  }
}
