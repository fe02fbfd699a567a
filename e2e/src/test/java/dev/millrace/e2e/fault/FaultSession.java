package dev.millrace.e2e.fault;

import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.proxy.FaultPlan;
import dev.millrace.e2e.proxy.ProxyServer;
import dev.millrace.e2e.proxy.RecordedRequest;
import dev.millrace.e2e.proxy.Upstream;
import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** One operator behind one proxy. Whenever it is found dead it is started again. */
public final class FaultSession implements AutoCloseable {
  private final FaultPlan plan = new FaultPlan();
  private final ProxyServer proxy;
  private final Function<URI, OperatorProcess> launcher;
  private volatile OperatorProcess operator;
  private int kills;
  private int starts;

  /**
   * @param server the real API server
   * @param launcher starts an operator that talks to the given address
   */
  public FaultSession(Config server, Function<URI, OperatorProcess> launcher) {
    proxy = ProxyServer.start(Upstream.of(server), plan);
    this.launcher = launcher;
  }

  /** What goes wrong between the operator and the API server. */
  public FaultPlan plan() {
    return plan;
  }

  /** What the operator has asked for so far. */
  List<RecordedRequest> requests() {
    return proxy.requests();
  }

  /** Starts the operator unless it runs. */
  synchronized void ensureRunning() {
    if (operator == null || !operator.isAlive()) {
      operator = launcher.apply(proxy.address());
      starts++;
    }
  }

  /** Starts it if need be and waits until it is ready. */
  public void awaitReady() {
    ensureRunning();
    // Not under the lock: a fault may kill it while it starts.
    operator.awaitReady();
  }

  /** Ends the operator at once; the next look starts it again. */
  public synchronized void kill() {
    if (operator.isAlive()) {
      kills++;
      operator.kill();
    }
  }

  /** How often it ended without being killed by us. */
  synchronized int crashes() {
    return starts - kills - (operator.isAlive() ? 1 : 0);
  }

  @Override
  public synchronized void close() {
    if (operator != null) {
      operator.close();
    }
    proxy.close();
  }
}
