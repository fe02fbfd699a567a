package dev.millrace.e2e.proxy;

import java.time.Duration;

/** What may happen to an event: it is lost, late, told twice, or the watch ends before it. */
public final class EventFaults {
  private EventFaults() {}

  /** Never told; later ones are. */
  public static EventFault drop() {
    return (event, sink) -> {};
  }

  /** Told once more. */
  public static EventFault duplicate() {
    return (event, sink) -> {
      sink.send(event.line());
      sink.send(event.line());
    };
  }

  /** Told later, and all behind it on the same watch too: kinds get out of step. */
  public static EventFault delay(Duration duration) {
    return (event, sink) -> {
      sink.pause(duration);
      sink.send(event.line());
    };
  }

  /** The watch ends before the event; the next one starts where the caller stood. */
  public static EventFault end() {
    return (event, sink) -> sink.end();
  }

  /** The history is gone: an ERROR event with 410, then the end. */
  public static EventFault expire() {
    return (event, sink) -> {
      var status = Refusals.status(410, "Expired", "too old resource version: 1 (2)");
      sink.send("{\"type\":\"ERROR\",\"object\":" + status + "}");
      sink.end();
    };
  }
}
