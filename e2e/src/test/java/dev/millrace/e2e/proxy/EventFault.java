package dev.millrace.e2e.proxy;

import java.io.IOException;

/** What happens to one event of a watch instead of being passed on. See {@link EventFaults}. */
public interface EventFault {
  /** Deals with the event. */
  void strike(WatchEvent event, EventSink sink) throws IOException;
}
