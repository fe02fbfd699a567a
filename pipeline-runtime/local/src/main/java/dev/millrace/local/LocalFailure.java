package dev.millrace.local;

/**
 * Ends a command with one line: the object, the cause, the next step (experience.md, rule 2). The
 * command's border prints it and turns it into exit code 1; nobody else catches it.
 */
public final class LocalFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LocalFailure(String line) {
    super(line);
  }

  public LocalFailure(String line, Throwable cause) {
    super(line, cause);
  }
}
