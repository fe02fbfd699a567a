package dev.millrace.e2e.fault;

import dev.millrace.e2e.proxy.ApiCall;
import dev.millrace.e2e.proxy.Fault;
import dev.millrace.e2e.proxy.FaultPlan;
import dev.millrace.e2e.proxy.Rule;
import dev.millrace.e2e.proxy.Window;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every place of the operator's code that calls the API gets the same bad answer once: a place is a
 * verb on a kind of object, or on a part of it.
 */
final class OncePerSite implements Disturbance {
  private final Fault fault;
  private final Set<String> sites = ConcurrentHashMap.newKeySet();
  private Rule<ApiCall, Fault> rule;

  OncePerSite(Fault fault) {
    this.fault = fault;
  }

  @Override
  public void arm(FaultPlan plan, Runnable killOperator) {
    rule = plan.on(call -> sites.add(site(call)), Window.ALWAYS, fault);
  }

  @Override
  public boolean struck() {
    return rule.strikes() > 0;
  }

  /** Where it has struck. */
  Set<String> sites() {
    return Set.copyOf(sites);
  }

  private static String site(ApiCall call) {
    var path = call.path();
    return call.verb() + " " + path.resource() + "/" + path.subresource();
  }
}
