package dev.millrace.local.actor.cluster;

import dev.millrace.local.process.ChildProcess;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The process of a pod.
 *
 * @param podUid uid of the pod; another pod may get its name later
 * @param child the process
 * @param started when it was started
 * @param restarts how often it had to be started again
 * @param address address of the pod
 * @param message file of the termination message
 */
record PodProcess(
    String podUid,
    ChildProcess child,
    Instant started,
    int restarts,
    String address,
    Path message) {}
