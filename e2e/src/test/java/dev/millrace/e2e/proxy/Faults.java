package dev.millrace.e2e.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The faults of reliability.md §5: all that a network and an API server do to a caller. */
public final class Faults {
  /** A fatal TLS alert, {@code handshake_failure}: what a plaintext client sees of broken TLS. */
  private static final byte[] TLS_ALERT = {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28};

  private Faults() {}

  /** A refusal by the API server, which does nothing: a code with a Kubernetes Status. */
  public static Fault answer(int code) {
    return named("answer " + code, exchange -> exchange.answer(Refusals.of(code)));
  }

  /** The same with the words of the server. */
  public static Fault answer(int code, String reason, String message) {
    return named(
        "answer " + code + " " + reason,
        exchange -> exchange.answer(Refusals.of(code, reason, message)));
  }

  /** 429 or 503 with {@code Retry-After}. */
  public static Fault retryAfter(int code, int seconds) {
    return named(
        "answer " + code + ", retry after " + seconds + " s",
        exchange ->
            exchange.answer(Refusals.of(code).with("Retry-After", Integer.toString(seconds))));
  }

  /** Passed on, but later. */
  public static Fault delay(Duration duration) {
    return named(
        "delay " + duration,
        exchange -> {
          exchange.pause(duration);
          exchange.pass();
        });
  }

  /** Done by the API server, and no answer: the connection hangs, then breaks. */
  public static Fault stall(Duration duration) {
    return named(
        "stall " + duration,
        exchange -> {
          exchange.forward();
          exchange.pause(duration);
          exchange.abort();
        });
  }

  /** The connection is reset before the API server sees the request, or after it has done it. */
  public static Fault reset(Moment moment) {
    return kill(moment, () -> {}, "reset " + moment);
  }

  /** Done by the API server; the answer breaks off in the middle. */
  public static Fault truncate() {
    return named("truncate", exchange -> exchange.answerHalf(exchange.forward()));
  }

  /** Bytes of TLS where an answer is expected; the API server sees nothing. */
  public static Fault tlsFailure() {
    return named("TLS failure", exchange -> exchange.answerRaw(TLS_ALERT));
  }

  /** An old list: the state that a lagging API server would still show. */
  public static Fault staleList(String resourceVersion) {
    return named(
        "list of " + resourceVersion,
        exchange ->
            exchange.passWith(
                Map.of("resourceVersion", resourceVersion, "resourceVersionMatch", "Exact")));
  }

  /**
   * Runs an action at a moment of the request; the connection is cut unless it was answered.
   *
   * @param action usually the death of the caller's process
   */
  public static Fault kill(Moment moment, Runnable action) {
    return kill(moment, action, "kill " + moment);
  }

  private static Fault kill(Moment moment, Runnable action, String name) {
    return named(
        name,
        exchange -> {
          switch (moment) {
            case BEFORE_FORWARD -> {
              action.run();
              exchange.abort();
            }
            case AFTER_COMMIT -> {
              exchange.forward();
              action.run();
              exchange.abort();
            }
            case AFTER_REPLY -> {
              exchange.pass();
              action.run();
            }
          }
        });
  }

  private static Fault named(String name, Fault fault) {
    return new Fault() {
      @Override
      public void strike(Exchange exchange) throws IOException {
        fault.strike(exchange);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }
}
