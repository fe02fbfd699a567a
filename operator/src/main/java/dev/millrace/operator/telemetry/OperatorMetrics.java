package dev.millrace.operator.telemetry;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Figures of the operator's process. Nothing here has a label per resource; those are in {@link
 * ResourceMetrics}. All methods may be called from any thread.
 */
public final class OperatorMetrics implements Metrics {
  /** From a reconcile that writes nothing to one that waits for a slow API server. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private static final String SUCCESS = "success";
  private static final String FAILURE = "failure";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, AtomicInteger> missing = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> outdated = new ConcurrentHashMap<>();
  private final AtomicInteger leader = new AtomicInteger();
  private final Counter eventFailures;
  private final ReconcileLog log = new ReconcileLog();
  private final KubeRequests requests = new KubeRequests(registry);

  /**
   * @param version version of this build
   */
  public OperatorMetrics(String version) {
    var build = new Samples();
    build.add(MetricName.BUILD_INFO, 1, version);
    MultiCollector info = build::snapshots;
    registry.getPrometheusRegistry().register(info);
    Gauge.builder(MetricName.LEADER.text(), leader::get)
        .description(MetricName.LEADER.meaning())
        .register(registry);
    eventFailures =
        Counter.builder(MetricName.EVENT_FAILURES.text())
            .description(MetricName.EVENT_FAILURES.meaning())
            .register(registry);
  }

  /** Everything, in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  /** Counts requests: register it on the client's HTTP builder. */
  public Interceptor requestCounter() {
    return requests;
  }

  /**
   * A child was written; operation is {@code create}, {@code patch}, {@code adopt}, {@code delete}.
   */
  public void childWritten(String kind, String operation) {
    count(MetricName.CHILD_WRITES, kind, operation);
  }

  /** Another hand had changed a field of a child and it was set again. */
  public void fieldTakenBack(String kind) {
    count(MetricName.FIELD_TAKEN_BACK, kind);
  }

  /** A Kubernetes Event could not be written. */
  public void eventFailed() {
    eventFailures.increment();
  }

  /** Whether a CRD, by its full name, is absent. */
  public void crdMissing(String crd, boolean isMissing) {
    flag(MetricName.CRD_MISSING, missing, crd).set(isMissing ? 1 : 0);
  }

  /** Whether a CRD, by its full name, is older than this operator. */
  public void crdOutdated(String crd, boolean isOutdated) {
    flag(MetricName.CRD_OUTDATED, outdated, crd).set(isOutdated ? 1 : 0);
  }

  /** Whether this replica acts. */
  public void leader(boolean leads) {
    leader.set(leads ? 1 : 0);
  }

  /** The framework tells one listener; the log's lines need to know of a pass too. */
  @Override
  public void reconciliationExecutionStarted(HasMetadata resource, Map<String, Object> metadata) {
    log.started(resource);
  }

  @Override
  public void reconciliationExecutionFinished(HasMetadata resource, Map<String, Object> metadata) {
    log.finished();
  }

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
    Timer.Sample sample = Timer.start(registry);
    String outcome = FAILURE;
    try {
      T result = execution.execute();
      outcome = SUCCESS;
      return result;
    } finally {
      sample.stop(duration(execution.controllerName(), outcome));
    }
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  private Timer duration(String controller, String outcome) {
    return Timer.builder(MetricName.RECONCILE_DURATION_SECONDS.text())
        .description(MetricName.RECONCILE_DURATION_SECONDS.meaning())
        .tags(MetricLabel.CONTROLLER, controller, MetricLabel.OUTCOME, outcome)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private void count(MetricName metric, String... values) {
    counter(registry, metric, values).increment();
  }

  /** The counter of a metric with values for its labels, in their order. */
  static Counter counter(PrometheusMeterRegistry registry, MetricName metric, String... values) {
    var tags = new String[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      tags[2 * i] = metric.labels().get(i);
      tags[2 * i + 1] = values[i];
    }
    return Counter.builder(metric.text())
        .description(metric.meaning())
        .tags(tags)
        .register(registry);
  }

  private AtomicInteger flag(MetricName metric, Map<String, AtomicInteger> flags, String crd) {
    return flags.computeIfAbsent(
        crd,
        absent -> {
          var value = new AtomicInteger();
          Gauge.builder(metric.text(), value::get)
              .description(metric.meaning())
              .tag(MetricLabel.CRD, crd)
              .register(registry);
          return value;
        });
  }
}
