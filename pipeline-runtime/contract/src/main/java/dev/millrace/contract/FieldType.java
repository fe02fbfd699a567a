package dev.millrace.contract;

/**
 * The six types of schema fields and columns (api.md §1), named as in YAML.
 *
 * <p>In memory every type but {@link #STRING} is one {@code long} ("bits"): Long as is, Boolean 0
 * or 1, Decimal unscaled, Timestamp epoch milliseconds, Double {@link Double#doubleToRawLongBits}.
 */
public enum FieldType {
  STRING("String"),
  LONG("Long"),
  DOUBLE("Double"),
  BOOLEAN("Boolean"),
  DECIMAL("Decimal"),
  TIMESTAMP("Timestamp");

  private final String text;

  FieldType(String text) {
    this.text = text;
  }

  /** The word users write. */
  public String text() {
    return text;
  }

  /** The type of that name, or null when there is none. */
  public static FieldType parse(String text) {
    for (FieldType type : values()) {
      if (type.text.equals(text)) {
        return type;
      }
    }
    return null;
  }
}
