package dev.millrace.operator.controller;

import dev.millrace.v1alpha1.FeaturePipeline;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the jobs of settled pipelines between reconciles (reliability.md §4.3: once a minute).
 * Figures move all the time; a pipeline is reconciled only if they change what is to be said of it.
 */
final class JobWatch {
  private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
  private static final int THREADS = 4;

  private final Duration interval;
  private final SimpleInboundEventSource<FeaturePipeline> events =
      new SimpleInboundEventSource<>("jobs' figures");
  private final Map<ResourceID, Watched> watched = new ConcurrentHashMap<>();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          THREADS,
          task -> {
            var daemon = new Thread(task, "job-watch");
            daemon.setDaemon(true);
            return daemon;
          });

  /**
   * @param interval between two looks at one pipeline
   */
  JobWatch(Duration interval) {
    this.interval = interval;
  }

  /** The newest question, asked by a timer that goes on from one reconcile to the next. */
  private static final class Watched {
    private volatile BooleanSupplier question;
    private ScheduledFuture<?> timer;

    private Watched(BooleanSupplier question) {
      this.question = question;
    }
  }

  /** Where the controller hears of it. */
  EventSource<?, FeaturePipeline> events() {
    return events;
  }

  /**
   * Watches a pipeline, or goes on with what is known of it now.
   *
   * @param question reads its jobs; true if the pipeline is to be reconciled
   */
  void watch(ResourceID pipeline, BooleanSupplier question) {
    watched.compute(
        pipeline,
        (id, before) -> {
          if (before != null) {
            before.question = question;
            return before;
          }
          var begun = new Watched(question);
          begun.timer =
              threads.scheduleWithFixedDelay(
                  () -> ask(id, begun),
                  interval.toMillis(),
                  interval.toMillis(),
                  TimeUnit.MILLISECONDS);
          return begun;
        });
  }

  /** Leaves a pipeline alone that is gone or looked at all the time anyway. */
  void forget(ResourceID pipeline) {
    Watched before = watched.remove(pipeline);
    if (before != null) {
      before.timer.cancel(false);
    }
  }

  private void ask(ResourceID pipeline, Watched asked) {
    try {
      if (asked.question.getAsBoolean()) {
        events.propagateEvent(pipeline);
      }
    } catch (RuntimeException e) {
      // Uncaught it would end this timer for good.
      LOG.warn("the jobs of {} could not be looked at; the next look tries again", pipeline, e);
    }
  }
}
