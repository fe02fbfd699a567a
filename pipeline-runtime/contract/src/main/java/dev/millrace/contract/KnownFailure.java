package dev.millrace.contract;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A {@link MillraceFailure} found again in the text of an exception (architecture.md §2,
 * reliability.md §3.4). The text is data, never markup: one line, cut, without control characters.
 *
 * @param reason why
 * @param text for people; at most {@link #TEXT_LIMIT} characters
 */
public record KnownFailure(Reason reason, String text) {
  /** Longest text taken over, in characters. */
  public static final int TEXT_LIMIT = 256;

  /** How much of a text is searched, in characters. */
  public static final int SEARCH_LIMIT = 1 << 20;

  private static final String MARK = "MR/";
  private static final int LONGEST_REASON = 64;
  private static final Map<String, Reason> REASONS =
      Arrays.stream(Reason.values()).collect(Collectors.toMap(Reason::text, Function.identity()));

  /** The first {@code MR/<Reason>: <text>} whose reason the public enum knows. */
  public static Optional<KnownFailure> find(String stackTraces) {
    if (stackTraces == null) {
      return Optional.empty();
    }
    String searched =
        stackTraces.length() > SEARCH_LIMIT ? stackTraces.substring(0, SEARCH_LIMIT) : stackTraces;
    for (int at = searched.indexOf(MARK); at >= 0; at = searched.indexOf(MARK, at + 1)) {
      Reason reason = reasonAt(searched, at);
      if (reason != null) {
        int text = at + MARK.length() + reason.text().length() + 2;
        return Optional.of(new KnownFailure(reason, lineAt(searched, text)));
      }
    }
    return Optional.empty();
  }

  private static Reason reasonAt(String searched, int at) {
    if (at > 0 && Character.isLetterOrDigit(searched.charAt(at - 1))) {
      return null;
    }
    int from = at + MARK.length();
    int to = from;
    while (to < searched.length() && to - from < LONGEST_REASON && isLetter(searched.charAt(to))) {
      to++;
    }
    return searched.startsWith(": ", to) ? REASONS.get(searched.substring(from, to)) : null;
  }

  private static boolean isLetter(char each) {
    return each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z';
  }

  private static String lineAt(String searched, int from) {
    var line = new StringBuilder();
    for (int i = from; i < searched.length() && line.length() < TEXT_LIMIT; i++) {
      char each = searched.charAt(i);
      if (each == '\n' || each == '\r') {
        break;
      }
      line.append(isPrintable(each) ? each : '?');
    }
    return line.toString().strip();
  }

  /** Neither a control nor an invisible character that could reorder what people read. */
  private static boolean isPrintable(char each) {
    int type = Character.getType(each);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.UNASSIGNED;
  }
}
