package dev.millrace.local.actor.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The faults that are in force, for one deployment or for all. */
public final class FlinkFaults {
  private record Injected(FlinkFault fault, ObjectKey deployment) {}

  private static final ObjectKey EVERY = new ObjectKey("", "");
  private final Set<Injected> injected = ConcurrentHashMap.newKeySet();

  /** Begins a fault of one deployment. */
  public void inject(FlinkFault fault, String namespace, String deployment) {
    injected.add(new Injected(fault, new ObjectKey(namespace, deployment)));
  }

  /** Begins a fault of every deployment. */
  public void injectEverywhere(FlinkFault fault) {
    injected.add(new Injected(fault, EVERY));
  }

  /** Ends a fault wherever it is in force. */
  public void heal(FlinkFault fault) {
    injected.removeIf(one -> one.fault() == fault);
  }

  boolean isActive(FlinkFault fault, ObjectKey deployment) {
    return injected.contains(new Injected(fault, deployment))
        || injected.contains(new Injected(fault, EVERY));
  }
}
