package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Names;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.FlinkView;
import dev.millrace.operator.observe.JobObservation;
import dev.millrace.operator.observe.WantedState;
import dev.millrace.operator.plan.RolloutMemory;
import dev.millrace.v1alpha1.FeaturePipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The jobs of a pipeline as their deployments and their REST show them. */
final class PipelineJobs {
  /** Older figures say too little about now: a job is compared with the clock on the wall. */
  private static final Duration FRESH_ENOUGH = Duration.ofSeconds(10);

  private static final Duration RISING_INTERVAL = Duration.ofSeconds(10);
  private static final Duration WATCH_INTERVAL = Duration.ofMinutes(1);

  private final OperatorRuntime runtime;
  private final ChildSources<FeaturePipeline> sources;
  private final JobReader reader;

  PipelineJobs(OperatorRuntime runtime, ChildSources<FeaturePipeline> sources) {
    this.runtime = runtime;
    this.sources = sources;
    reader = new JobReader(runtime);
  }

  /** One observation per version, the served one first. */
  List<JobObservation> observe(FeaturePipeline pipeline, Optional<RolloutMemory> memory) {
    var jobs = new ArrayList<JobObservation>();
    memory.ifPresent(
        known -> known.specs().keySet().forEach(version -> jobs.add(job(pipeline, version))));
    return jobs;
  }

  /** The job of the version that the spec names, accepted or not. */
  List<JobObservation> observeCurrent(FeaturePipeline pipeline) {
    return List.of(job(pipeline, pipeline.getSpec().getVersion()));
  }

  private JobObservation job(FeaturePipeline pipeline, int version) {
    String namespace = pipeline.getMetadata().getNamespace();
    String name = Names.flinkDeployment(pipeline.getMetadata().getName(), version);
    Optional<FlinkView> view =
        sources
            .untyped(new ChildRef(ChildKind.FLINK_DEPLOYMENT.kind(), namespace, name))
            .map(FlinkView::of);
    boolean suspended = Boolean.TRUE.equals(pipeline.getSpec().getSuspend());
    WantedState wanted = suspended ? WantedState.SUSPENDED : WantedState.RUNNING;
    return reader.read(
        namespace, JobObservation.unread(version, name, wanted, view), atMostResync(FRESH_ENOUGH));
  }

  /** The same jobs after another read of their REST. */
  List<JobObservation> readAgain(FeaturePipeline pipeline, List<JobObservation> jobs) {
    return jobs.stream()
        .map(job -> JobObservation.unread(job.version(), job.name(), job.wanted(), job.view()))
        .map(job -> reader.read(pipeline.getMetadata().getNamespace(), job, Duration.ZERO))
        .toList();
  }

  /** How long until a pipeline is reconciled again when nothing happens. */
  Duration pause(boolean settled) {
    return settled ? runtime.config().process().resync() : atMostResync(RISING_INTERVAL);
  }

  /** How long until the jobs of a settled pipeline are read again. */
  Duration watchInterval() {
    return atMostResync(WATCH_INTERVAL);
  }

  private Duration atMostResync(Duration interval) {
    Duration resync = runtime.config().process().resync();
    return interval.compareTo(resync) < 0 ? interval : resync;
  }

  /** The version that readers see, if a job knows. */
  static OptionalInt servedVersion(List<JobObservation> jobs) {
    return jobs.stream()
        .flatMap(job -> job.report().stream())
        .filter(report -> report.servedVersion() != null)
        .mapToInt(report -> report.servedVersion())
        .max();
  }

  /** Forgets the jobs of a pipeline that is gone. */
  void forget(FeaturePipeline pipeline, int version) {
    reader.forget(
        pipeline.getMetadata().getNamespace(),
        Names.flinkDeployment(pipeline.getMetadata().getName(), version));
  }
}
