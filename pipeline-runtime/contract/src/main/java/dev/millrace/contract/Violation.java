package dev.millrace.contract;

/**
 * One mistake in a resource: {@code <path>: <kind>: <what, value echoed>; <what to do>}
 * (reliability.md §6).
 *
 * @param path field path such as {@code spec.entities[card].features[amount].value}
 * @param kind what sort of mistake
 * @param text what is wrong, with the value, and what to do
 */
public record Violation(String path, Kind kind, String text) implements Comparable<Violation> {
  /** The kinds the API server knows too; {@link #NOTICE} does not refuse the spec. */
  public enum Kind {
    INVALID("Invalid value"),
    NOT_FOUND("Not found"),
    REQUIRED("Required value"),
    DUPLICATE("Duplicate value"),
    FORBIDDEN("Forbidden"),
    UNSUPPORTED("Unsupported value"),
    TOO_LONG("Too long"),
    TOO_MANY("Too many"),
    /** Fields the schema does not have; the text names them all, no value is echoed. */
    UNKNOWN_FIELD("strict decoding error"),
    NOTICE("");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** A value as echoed: quoted, cut to 64 characters, control characters escaped. */
  public static String quote(String value) {
    var out = new StringBuilder("\"");
    int length = Math.min(value.length(), 64);
    if (length < value.length() && Character.isHighSurrogate(value.charAt(length - 1))) {
      length--;
    }
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c >= 0x7f && c < 0xa0 || isLayoutControl(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append(value.length() > 64 ? "…\"" : "\"").toString();
  }

  /** Line and paragraph separators and the controls that turn the direction of text. */
  private static boolean isLayoutControl(char c) {
    return c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
  }

  @Override
  public int compareTo(Violation other) {
    int byPath = path.compareTo(other.path);
    return byPath != 0 ? byPath : text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case NOTICE -> path + ": " + text;
      case UNKNOWN_FIELD -> kind.text() + ": " + text;
      case INVALID, NOT_FOUND, REQUIRED, DUPLICATE, FORBIDDEN, UNSUPPORTED, TOO_LONG, TOO_MANY ->
          path + ": " + kind.text() + (text.isEmpty() ? "" : ": " + text);
    };
  }
}
