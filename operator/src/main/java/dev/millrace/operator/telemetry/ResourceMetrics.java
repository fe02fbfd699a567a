package dev.millrace.operator.telemetry;

import dev.millrace.contract.JobReport;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Figures per FeaturePipeline and LabelWindow, from what controllers write into status and read
 * from jobs. A resource has a bounded number of series, and none once it was {@link #removed}.
 * Samples are made when somebody asks. All methods may be called from any thread.
 */
public final class ResourceMetrics {
  private final Clock clock;
  private final Map<ResourceKey, PipelineFigures> pipelines = new ConcurrentHashMap<>();
  private final Map<ResourceKey, JobReading> jobs = new ConcurrentHashMap<>();
  private final Map<ResourceKey, LabelWindowFigures> labelWindows = new ConcurrentHashMap<>();

  /**
   * @param metrics the process's figures, with which these are scraped
   */
  public ResourceMetrics(OperatorMetrics metrics, Clock clock) {
    this.clock = clock;
    MultiCollector collector = this::collect;
    metrics.registry().getPrometheusRegistry().register(collector);
  }

  /** The resource with its status as it is now, written or found unchanged. */
  public void statusWritten(FeaturePipeline pipeline) {
    pipelines.put(ResourceKey.of(pipeline), PipelineFigures.of(pipeline));
  }

  /** The resource with its status as it is now, written or found unchanged. */
  public void statusWritten(LabelWindow labelWindow) {
    labelWindows.compute(
        ResourceKey.of(labelWindow), (key, before) -> LabelWindowFigures.of(labelWindow, before));
  }

  /**
   * The job of the version that readers see was read, or looked at again since.
   *
   * @param report what it says of itself; the same object is the same read
   * @param lastCheckpoint when its last checkpoint completed
   */
  public void jobRead(
      FeaturePipeline pipeline, JobReport report, Optional<Instant> lastCheckpoint) {
    var spec = pipeline.getSpec();
    double target = PipelineFigures.seconds(spec.getFreshness().getTarget());
    if (Boolean.TRUE.equals(report.sourceIdle()) && spec.getSource().getWatermark() != null) {
      target += PipelineFigures.seconds(spec.getSource().getWatermark().getIdleTimeout());
    }
    double seconds = target;
    jobs.compute(
        ResourceKey.of(pipeline),
        (key, before) ->
            JobReading.of(key, report, lastCheckpoint, seconds, clock.instant(), before));
  }

  /** The resource is gone, and its series with it. */
  public void removed(String kind, String namespace, String name) {
    var key = new ResourceKey(namespace, name);
    if (kind.equals("LabelWindow")) {
      labelWindows.remove(key);
    } else {
      pipelines.remove(key);
      jobs.remove(key);
    }
  }

  private MetricSnapshots collect() {
    Instant now = clock.instant();
    var samples = new Samples();
    pipelines.values().forEach(figures -> figures.add(samples, now));
    jobs.values().forEach(figures -> figures.add(samples, now));
    labelWindows.values().forEach(figures -> figures.add(samples, now));
    return samples.snapshots();
  }
}
