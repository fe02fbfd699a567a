package dev.millrace.operator.status;

import dev.millrace.contract.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Texts of conditions. Figures in them are coarse, so that a counter is no write (experience.md
 * §2).
 */
final class Texts {
  private static final int MOST_JOINED = 3500;
  private static final String BETWEEN = " | ";
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final int[] COUNTS = {100, 50, 20, 10, 5, 3, 2, 1};
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofDays(365),
          Duration.ofDays(90),
          Duration.ofDays(30),
          Duration.ofDays(7),
          Duration.ofDays(2),
          Duration.ofDays(1),
          Duration.ofHours(12),
          Duration.ofHours(6),
          Duration.ofHours(2),
          Duration.ofHours(1),
          Duration.ofMinutes(30),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));

  private Texts() {}

  /** Several texts in one line; what does not fit is counted. */
  static String joined(List<?> parts) {
    var text = new StringBuilder();
    int left = parts.size();
    for (Object part : parts) {
      String next = cut(part.toString(), MOST_JOINED);
      if (!text.isEmpty() && text.length() + next.length() > MOST_JOINED) {
        return text + BETWEEN + "and " + left + " more";
      }
      text.append(text.isEmpty() ? "" : BETWEEN).append(next);
      left--;
    }
    return text.toString();
  }

  /** A text of at most so many characters. */
  static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = limit - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** The largest step that a duration has reached: {@code 10m} for 17 minutes. */
  static String reached(Duration duration) {
    return STEPS.stream()
        .filter(step -> step.compareTo(duration) <= 0)
        .findFirst()
        .map(step -> DurationText.text(step.toMillis()))
        .orElse("0s");
  }

  /** A duration in whole hours, or minutes below two hours. */
  static String span(long millis) {
    long unit = millis >= 2 * HOUR ? HOUR : MINUTE;
    return DurationText.text(millis / unit * unit);
  }

  /** A count as the largest round number that it has reached. */
  static String atLeast(int count) {
    for (int step : COUNTS) {
      if (count > step) {
        return "more than " + step;
      }
      if (count == step) {
        return String.valueOf(step);
      }
    }
    return String.valueOf(count);
  }

  /** Words in a list. */
  static String list(List<?> words) {
    return words.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
