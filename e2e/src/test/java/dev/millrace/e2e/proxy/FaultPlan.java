package dev.millrace.e2e.proxy;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * What goes wrong: rules for requests and rules for the events of watches. Thread-safe; rules can
 * be added and lifted while requests are under way.
 */
public final class FaultPlan {
  private final Rules<ApiCall, Fault> requests = new Rules<>();
  private final Rules<WatchEvent, EventFault> events = new Rules<>();

  /** Strikes the requests of a window among those that match. */
  public Rule<ApiCall, Fault> on(Predicate<ApiCall> match, Window window, Fault fault) {
    return requests.add(new Rule<>(match, window, fault));
  }

  /** Strikes the events of a window among those that match, over all watches. */
  public Rule<WatchEvent, EventFault> onEvent(
      Predicate<WatchEvent> match, Window window, EventFault fault) {
    return events.add(new Rule<>(match, window, fault));
  }

  /** Takes one rule back. */
  public void lift(Rule<ApiCall, Fault> rule) {
    requests.remove(rule);
  }

  /** Takes everything back: the network is well again. */
  public void heal() {
    requests.clear();
    events.clear();
  }

  Optional<Fault> fault(ApiCall call) {
    return requests.fault(call);
  }

  Optional<EventFault> fault(WatchEvent event) {
    return events.fault(event);
  }
}
