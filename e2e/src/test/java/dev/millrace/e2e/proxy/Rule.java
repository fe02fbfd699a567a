package dev.millrace.e2e.proxy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Strikes requests or events that match.
 *
 * @param <S> what is struck: {@link ApiCall} or {@link WatchEvent}
 * @param <F> with what: {@link Fault} or {@link EventFault}
 */
public final class Rule<S, F> {
  private final Predicate<S> match;
  private final Window window;
  private final F fault;
  private final AtomicLong matched = new AtomicLong();
  private final AtomicLong struck = new AtomicLong();

  public Rule(Predicate<S> match, Window window, F fault) {
    this.match = match;
    this.window = window;
    this.fault = fault;
  }

  /** How often it has struck: 0 means that the test tested nothing. */
  public long strikes() {
    return struck.get();
  }

  /** How many subjects matched, struck or not. */
  public long matches() {
    return matched.get();
  }

  F fault() {
    return fault;
  }

  boolean strikes(S subject) {
    if (!match.test(subject) || !window.contains(matched.incrementAndGet())) {
      return false;
    }
    struck.incrementAndGet();
    return true;
  }
}
