package dev.millrace.e2e.fault;

import dev.millrace.e2e.proxy.ApiCall;
import dev.millrace.e2e.proxy.Fault;
import dev.millrace.e2e.proxy.FaultPlan;
import dev.millrace.e2e.proxy.Faults;
import dev.millrace.e2e.proxy.Moment;
import dev.millrace.e2e.proxy.Rule;
import dev.millrace.e2e.proxy.Window;

/**
 * The operator dies at its n-th write of a step.
 *
 * @param step index of the step
 * @param write from 1
 * @param moment relative to the API server's doing
 */
record KillPoint(int step, int write, Moment moment) {
  /** As a disturbance of its step. */
  Disturbance disturbance() {
    return new Disturbance() {
      private Rule<ApiCall, Fault> rule;

      @Override
      public void arm(FaultPlan plan, Runnable killOperator) {
        rule = plan.on(ApiCall::writes, Window.nth(write), Faults.kill(moment, killOperator));
      }

      @Override
      public boolean struck() {
        return rule.strikes() > 0;
      }
    };
  }

  @Override
  public String toString() {
    return "step " + step + ", write " + write + ", " + moment;
  }
}
