package dev.millrace.operator.desired;

/**
 * What the Flink operator does to a job whose FlinkDeployment is deleted (neighbours.md §2.9). It
 * reads this from the current spec, so an edit changes the fate of a deletion under way: a
 * savepoint that never comes is given up by applying {@link #CANCEL}.
 */
public enum Deletion {
  /** Stops the job at once: its state is not wanted, or waiting for it has to end. */
  CANCEL,
  /** Stops the job with a savepoint; blocks the deletion until it is written. */
  SAVEPOINT
}
