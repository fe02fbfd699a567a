package dev.millrace.operator.observe;

/**
 * What is expected of a FlinkDeployment, and what its messages need to know.
 *
 * @param ref which
 * @param wanted whether it is to run
 * @param storageConnection connection where savepoints go
 * @param runningGeneration generation of the owner that runs now: its {@code
 *     status.observedGeneration}
 */
public record FlinkExpectation(
    ChildRef ref, WantedState wanted, String storageConnection, long runningGeneration) {}
