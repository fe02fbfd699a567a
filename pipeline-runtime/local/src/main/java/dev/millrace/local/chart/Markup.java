package dev.millrace.local.chart;

import java.util.Locale;

/** Text in HTML and SVG: escaped, and numbers always in the same form. */
public final class Markup {
  private Markup() {}

  /** A text with everything escaped that could end a text or an attribute. */
  public static String escape(String text) {
    var escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** A coordinate: at most one decimal place. */
  static String coordinate(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** A figure for people: thousands separated, small ones with up to four significant digits. */
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    double size = Math.abs(value);
    int places = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4;
    String text = String.format(Locale.ROOT, "%,." + places + "f", value);
    return places == 0 ? text : text.replaceFirst("\\.?0+$", "");
  }
}
