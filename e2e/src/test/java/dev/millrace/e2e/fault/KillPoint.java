package dev.millrace.e2e.fault;

import dev.millrace.e2e.proxy.ApiCall;
import dev.millrace.e2e.proxy.Fault;
import dev.millrace.e2e.proxy.FaultPlan;
import dev.millrace.e2e.proxy.Faults;
import dev.millrace.e2e.proxy.Moment;
import dev.millrace.e2e.proxy.Rule;
import dev.millrace.e2e.proxy.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The operator dies at its n-th write of a step.
 *
 * @param step index of the step
 * @param write from 1
 * @param moment relative to the API server's doing
 */
record KillPoint(int step, int write, Moment moment) {
  /** All of a step with so many writes; each write once before any comes twice. */
  static List<KillPoint> shuffled(int step, int writes, Random random) {
    var points = new ArrayList<KillPoint>();
    var moments = new ArrayList<>(List.of(Moment.values()));
    Collections.shuffle(moments, random);
    for (int round = 0; round < moments.size(); round++) {
      var ofRound = new ArrayList<KillPoint>();
      for (int write = 1; write <= writes; write++) {
        var moment = moments.get((round + write) % moments.size());
        ofRound.add(new KillPoint(step, write, moment));
      }
      Collections.shuffle(ofRound, random);
      points.addAll(ofRound);
    }
    return points;
  }

  /** As a disturbance of its step. */
  Disturbance disturbance() {
    return new Disturbance() {
      private Rule<ApiCall, Fault> rule;
      private boolean late;

      @Override
      public void arm(FaultPlan plan, Runnable killOperator) {
        rule = plan.on(ApiCall::writes, Window.nth(write), Faults.kill(moment, killOperator));
      }

      @Override
      public void late(FaultPlan plan, Runnable killOperator) {
        plan.lift(rule);
        // Fewer writes than in the undisturbed life: it dies after the last one.
        if (rule.strikes() == 0) {
          late = true;
          killOperator.run();
        }
      }

      @Override
      public boolean struck() {
        return late || rule.strikes() > 0;
      }

      @Override
      public String toString() {
        return KillPoint.this.toString();
      }
    };
  }

  @Override
  public String toString() {
    return "step " + step + ", write " + write + ", " + moment;
  }
}
