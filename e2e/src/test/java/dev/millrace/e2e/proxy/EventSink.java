package dev.millrace.e2e.proxy;

import java.io.IOException;
import java.time.Duration;

/** The caller's end of a watch. */
public interface EventSink {
  /** Sends one event, a line of JSON. */
  void send(String line) throws IOException;

  /** Waits, at most until the proxy closes; later events of this watch wait too. */
  void pause(Duration duration);

  /** Ends the watch as the API server does after its timeout. */
  void end() throws IOException;
}
