package dev.millrace.e2e.proxy;

import java.io.IOException;

/** What happens to one request instead of being passed on. See {@link Faults}. */
public interface Fault {
  /** Deals with the request; when it returns, the request is over. */
  void strike(Exchange exchange) throws IOException;
}
