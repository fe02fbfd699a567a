package dev.millrace.crds.admission;

/**
 * One reason why a resource is not admitted, in the API server's words; only the type that the
 * server puts before texts of CEL rules is left out (reliability.md §6).
 *
 * @param path where, such as {@code spec.entities[0].name}; empty for the resource as a whole
 * @param cause what kind of error it is
 * @param detail what is wrong, with the value echoed; empty when the cause says it all
 */
public record Refusal(String path, Cause cause, String detail) {
  /** Kinds of errors, with the server's words for them. */
  public enum Cause {
    UNKNOWN_FIELD("", false),
    REQUIRED("Required value", true),
    FORBIDDEN("Forbidden", false),
    INVALID("Invalid value", false),
    WRONG_TYPE("Invalid value", true),
    NOT_SUPPORTED("Unsupported value", true),
    DUPLICATE("Duplicate value", false),
    TOO_LONG("Too long", true),
    TOO_MANY("Too many", true);

    private final String text;
    private final boolean hidesRules;

    Cause(String text, boolean hidesRules) {
      this.text = text;
      this.hidesRules = hidesRules;
    }

    /** Whether rules in CEL are not looked at once there is such an error. */
    boolean hidesRules() {
      return hidesRules;
    }
  }

  /** The whole text. */
  public String text() {
    if (cause == Cause.UNKNOWN_FIELD) {
      return detail;
    }
    return path + ": " + cause.text + (detail.isEmpty() ? "" : ": " + detail);
  }

  @Override
  public String toString() {
    return text();
  }
}
