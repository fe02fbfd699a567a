package dev.millrace.operator.controller;

import dev.millrace.operator.status.PipelineOutcome;
import dev.millrace.operator.status.PipelineStatuses;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Instant;
import java.util.List;

/**
 * Measures what the jobs of pipelines say. One that has settled is reconciled again only when its
 * jobs say something else.
 */
final class SettledPipelines {
  private final OperatorRuntime runtime;
  private final PipelineJobs jobs;
  private final StatusWriter<FeaturePipelineStatus, FeaturePipeline> statuses;
  private final JobWatch watch;

  SettledPipelines(
      OperatorRuntime runtime,
      PipelineJobs jobs,
      StatusWriter<FeaturePipelineStatus, FeaturePipeline> statuses) {
    this.runtime = runtime;
    this.jobs = jobs;
    this.statuses = statuses;
    watch = new JobWatch(jobs.watchInterval());
  }

  /** Where the controller hears of jobs that say something else. */
  EventSource<?, FeaturePipeline> events() {
    return watch.events();
  }

  /** Ready, with one version: while another one catches up, every read counts. */
  static boolean isSettled(FeaturePipeline pipeline) {
    List<?> known = pipeline.getStatus().getJobs();
    return Statuses.isReady(pipeline) && known != null && known.size() == 1;
  }

  /**
   * Measures a look at a pipeline, and watches it from then on if it has settled.
   *
   * @param pipeline with its status of now
   */
  void seen(FeaturePipeline pipeline, PipelineOutcome outcome) {
    measure(pipeline, outcome);
    ResourceID id = ResourceID.fromResource(pipeline);
    if (isSettled(pipeline)) {
      watch.watch(id, () -> jobsSaySomethingElse(pipeline, outcome));
    } else {
      watch.forget(id);
    }
  }

  void forget(FeaturePipeline pipeline) {
    watch.forget(ResourceID.fromResource(pipeline));
  }

  private boolean jobsSaySomethingElse(FeaturePipeline pipeline, PipelineOutcome before) {
    PipelineOutcome outcome = before.with(jobs.readAgain(pipeline, before.jobs()));
    measure(pipeline, outcome);
    Instant now = runtime.clock().instant();
    FeaturePipelineStatus next = PipelineStatuses.next(pipeline.getStatus(), outcome, now);
    return statuses.isWorthWriting(pipeline, next, now);
  }

  /** Live figures are metrics; status has them at its own, slower pace. */
  private void measure(FeaturePipeline pipeline, PipelineOutcome outcome) {
    outcome.jobs().stream()
        .filter(job -> job.version() == outcome.servedVersion() && job.missedReads() == 0)
        .forEach(
            job ->
                job.report()
                    .ifPresent(
                        report ->
                            runtime
                                .resourceMetrics()
                                .jobRead(pipeline, report, job.lastCheckpoint())));
  }
}
