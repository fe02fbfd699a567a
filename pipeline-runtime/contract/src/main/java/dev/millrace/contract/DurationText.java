package dev.millrace.contract;

import java.util.regex.Pattern;

/** Durations as users write them: one number, one unit (semantics.md §1), in milliseconds here. */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,4})([smhd])");

  private DurationText() {}

  /**
   * Milliseconds of a duration such as {@code 30s}, {@code 24h}, {@code 7d}.
   *
   * @throws IllegalArgumentException when the text has another form; callers that read user input
   *     check it before
   */
  public static long millis(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not a duration such as 30s, 5m, 24h");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).charAt(0)) {
      case 's' -> number * 1_000;
      case 'm' -> number * 60_000;
      case 'h' -> number * 3_600_000;
      default -> number * 86_400_000;
    };
  }

  /** Whether the text is a duration. */
  public static boolean isDuration(String text) {
    return FORM.matcher(text).matches();
  }

  /** The shortest text of a number of milliseconds that is a multiple of a second. */
  public static String text(long millis) {
    if (millis % 86_400_000 == 0 && millis != 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0 && millis != 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0 && millis != 0) {
      return millis / 60_000 + "m";
    }
    return millis / 1_000 + "s";
  }
}
