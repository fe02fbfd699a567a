package dev.millrace.local.demo;

import dev.millrace.local.terminal.Terminal;
import dev.millrace.local.terminal.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The demo's lines: one per check, a mark in front, its duration behind. */
final class DemoText {
  private static final int TEXT_WIDTH = 126;

  private final Terminal terminal;
  private boolean allHold = true;

  DemoText(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A line without a check. */
  void line(String text) {
    terminal.endProgress();
    terminal.out().println(text);
  }

  /** A check without a duration of its own. */
  void check(String name, boolean holds, String text) {
    line(mark(holds) + String.format("%-12s %s", name, text));
  }

  /** A check and how long it took. */
  void check(String name, boolean holds, String text, long nanos) {
    int missing = Math.max(1, TEXT_WIDTH - text.codePointCount(0, text.length()));
    line(
        mark(holds)
            + String.format("%-12s %s", name, text)
            + " ".repeat(missing)
            + String.format("%6s", Text.seconds(nanos)));
  }

  /** Whether every check so far held. */
  boolean allHold() {
    return allHold;
  }

  /**
   * Some columns of a row, spread over it: {@code lines_1h 3 spend_30d 1204.700 …}. Columns without
   * a value are left out.
   */
  static String columns(Map<String, String> values, int most) {
    List<Map.Entry<String, String>> present =
        values.entrySet().stream().filter(value -> value.getValue() != null).toList();
    int shown = Math.min(most, present.size());
    var text = new StringBuilder();
    for (int i = 0; i < shown; i++) {
      Map.Entry<String, String> value = present.get(i * present.size() / shown);
      text.append(value.getKey()).append(' ').append(shortened(value.getValue())).append("   ");
    }
    return text + (values.size() > shown ? "…" : "");
  }

  /**
   * A training row: its first columns as they are (anchor, times, label), then some features that
   * have a value.
   */
  static String trainingRow(Map<String, String> row, int first, int features) {
    var text = new StringBuilder();
    row.entrySet().stream()
        .limit(first)
        .forEach(
            value ->
                text.append(value.getKey()).append(' ').append(value.getValue()).append("   "));
    var rest = new LinkedHashMap<String, String>();
    row.entrySet().stream()
        .skip(first)
        .forEach(value -> rest.put(value.getKey(), value.getValue()));
    return text + columns(rest, features);
  }

  private static String shortened(String value) {
    return value == null || value.length() <= 10 ? value : value.substring(0, 9) + "…";
  }

  private String mark(boolean holds) {
    allHold &= holds;
    return holds ? " ✓ " : " ✗ ";
  }
}
