package dev.millrace.e2e.fault;

import java.util.List;

/**
 * A life of a pipeline: what is done to it, in order.
 *
 * @param keepsData whether its data objects outlive it
 */
record Lifecycle(String name, boolean keepsData, List<Step> steps) {
  @Override
  public String toString() {
    return name;
  }
}
