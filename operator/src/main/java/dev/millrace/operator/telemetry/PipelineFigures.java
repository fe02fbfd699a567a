package dev.millrace.operator.telemetry;

import dev.millrace.contract.DurationText;
import dev.millrace.contract.Reason;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is known of one FeaturePipeline from its spec and status. Figures of its job are in {@link
 * JobReading}, which is younger than the status.
 *
 * @param conditions values by type
 * @param version newest accepted version; 0 before there is one, like the served one
 * @param definition hash of the definition
 * @param planClass class of the last plan; empty without one
 * @param planPending whether it waits for approval or is not carried out yet
 * @param replayed share that a version not served yet has replayed, by version
 */
record PipelineFigures(
    String namespace,
    String name,
    Map<String, Integer> conditions,
    int version,
    int servedVersion,
    String definition,
    String planClass,
    boolean planPending,
    Map<Integer, Double> replayed,
    double targetSeconds,
    double intervalSeconds)
    implements Figures {
  private static final String KIND = "FeaturePipeline";
  private static final double PERCENT = 100.0;

  static PipelineFigures of(FeaturePipeline pipeline) {
    FeaturePipelineStatus status =
        Objects.requireNonNullElseGet(pipeline.getStatus(), FeaturePipelineStatus::new);
    var definition = status.getDefinition();
    boolean defined = definition != null && definition.getVersion() != null;
    int version = defined ? definition.getVersion() : 0;
    int served =
        defined && definition.getServedVersion() != null ? definition.getServedVersion() : 0;
    var plan = status.getPlan();
    boolean planned = plan != null && plan.get_class() != null;
    return new PipelineFigures(
        pipeline.getMetadata().getNamespace(),
        pipeline.getMetadata().getName(),
        Figures.conditions(status.getConditions()),
        version,
        served,
        defined ? Objects.requireNonNullElse(definition.getHash(), "") : "",
        planned ? plan.get_class().getValue() : "",
        planned && pending(status),
        replayed(status, served),
        seconds(pipeline.getSpec().getFreshness().getTarget()),
        seconds(pipeline.getSpec().getStream().getCheckpointInterval()));
  }

  private static boolean pending(FeaturePipelineStatus status) {
    return Figures.has(
            status.getConditions(), "SpecValid", "False", Reason.APPROVAL_REQUIRED.text())
        || Figures.has(status.getConditions(), "DefinitionInSync", "False", "");
  }

  private static Map<Integer, Double> replayed(FeaturePipelineStatus status, int served) {
    var shares = new TreeMap<Integer, Double>();
    if (status.getJobs() != null) {
      status.getJobs().stream()
          .filter(job -> job.getVersion() != served && job.getReplayed() != null)
          .forEach(job -> shares.put(job.getVersion(), job.getReplayed() / PERCENT));
    }
    return shares;
  }

  /** The spec may be one that the planner refuses: a figure that is no duration is left out. */
  static double seconds(String duration) {
    return duration != null && DurationText.isDuration(duration)
        ? DurationText.millis(duration) / 1000.0
        : Double.NaN;
  }

  @Override
  public void add(Samples samples, Instant now) {
    conditions.forEach(
        (type, value) ->
            samples.add(MetricName.RESOURCE_CONDITION, value, KIND, namespace, name, type));
    if (version > 0) {
      samples.add(
          MetricName.RESOURCE_INFO,
          1,
          KIND,
          namespace,
          name,
          String.valueOf(version),
          String.valueOf(servedVersion),
          definition);
    }
    if (!planClass.isEmpty()) {
      samples.add(MetricName.PLAN_PENDING, planPending ? 1 : 0, KIND, namespace, name, planClass);
    }
    replayed.forEach(
        (replaying, share) ->
            samples.add(
                MetricName.REPLAY_PROGRESS_RATIO,
                share,
                KIND,
                namespace,
                name,
                String.valueOf(replaying)));
    if (!Double.isNaN(intervalSeconds)) {
      samples.add(MetricName.CHECKPOINT_INTERVAL_SECONDS, intervalSeconds, namespace, name);
    }
  }
}
