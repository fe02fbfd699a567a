package dev.millrace.contract;

/**
 * Text of somebody else's as it may be shown: one line, cut, printable (reliability.md §3.4). It is
 * data, never markup.
 */
public final class PlainText {
  private static final char INSTEAD = '?';

  private PlainText() {}

  /**
   * The first line of a text without control characters, halves of surrogate pairs and characters
   * that reorder what people read.
   *
   * @param limit most characters kept; a longer text ends with an ellipsis
   */
  public static String line(String text, int limit) {
    String first = text.strip().lines().findFirst().orElse("").strip();
    var line = new StringBuilder(Math.min(first.length(), limit));
    int at = 0;
    while (at < first.length()) {
      int point = first.codePointAt(at);
      int length = Character.charCount(point);
      boolean last = at + length == first.length();
      if (line.length() + length > (last ? limit : limit - 1)) {
        return line.append('…').toString();
      }
      line.appendCodePoint(isPrintable(point) ? point : INSTEAD);
      at += length;
    }
    return line.toString();
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
