package dev.millrace.e2e.proxy;

/**
 * Which of the matching requests are struck, counted from 1.
 *
 * @param last inclusive; {@link Long#MAX_VALUE} is for ever
 */
public record Window(long first, long last) {
  /** Every one. */
  public static final Window ALWAYS = new Window(1, Long.MAX_VALUE);

  /** One of them. */
  public static Window nth(long number) {
    return new Window(number, number);
  }

  /** The first so many. */
  public static Window times(long count) {
    return new Window(1, count);
  }

  boolean contains(long number) {
    return number >= first && number <= last;
  }
}
