package dev.millrace.e2e.fault;

import dev.millrace.e2e.proxy.ApiCall;
import java.util.List;

/**
 * How an undisturbed life went.
 *
 * @param steps one entry per step
 */
record Trace(Lifecycle lifecycle, List<StepTrace> steps) {
  /**
   * One step.
   *
   * @param end where it led to
   * @param writes what the operator wrote meanwhile, in order
   */
  record StepTrace(EndState end, List<ApiCall> writes) {}
}
