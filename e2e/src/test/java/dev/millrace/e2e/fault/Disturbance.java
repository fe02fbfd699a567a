package dev.millrace.e2e.fault;

import dev.millrace.e2e.proxy.FaultPlan;

/** What goes wrong during one step of a life. */
interface Disturbance {
  /** Sets the rules; called right before the step's action. */
  void arm(FaultPlan plan, Runnable killOperator);

  /** The step is done; what has not happened by now may still happen. */
  default void late(FaultPlan plan, Runnable killOperator) {}

  /** Whether it happened: a fault that never struck has tested nothing. */
  boolean struck();
}
