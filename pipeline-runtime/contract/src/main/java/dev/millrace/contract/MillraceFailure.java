package dev.millrace.contract;

/**
 * How a job says why it failed: a reason of the public enum and a text for people. The operator
 * finds {@code MR/<Reason>: <text>} along the causes (architecture.md §2).
 */
public final class MillraceFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public MillraceFailure(Reason reason, String text) {
    this(reason, text, null);
  }

  public MillraceFailure(Reason reason, String text, Throwable cause) {
    super("MR/" + reason.text() + ": " + text, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
