package dev.millrace.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long to wait after an answer that may be another one soon, per resource and until something
 * succeeds. The same law as for failures that are exceptions, for those that are values.
 */
final class Backoffs {
  private final Retry law;
  private final Map<String, RetryExecution> attempts = new ConcurrentHashMap<>();

  Backoffs(Retry law) {
    this.law = law;
  }

  /** The next pause of a resource that failed once more. */
  Duration next(HasMetadata resource) {
    RetryExecution execution =
        attempts.computeIfAbsent(resource.getMetadata().getUid(), uid -> law.initExecution());
    return Duration.ofMillis(execution.nextDelay().orElseThrow());
  }

  /** Success: the next failure starts from one second again. */
  Duration reset(HasMetadata resource, Duration pause) {
    forget(resource);
    return pause;
  }

  void forget(HasMetadata resource) {
    attempts.remove(resource.getMetadata().getUid());
  }
}
