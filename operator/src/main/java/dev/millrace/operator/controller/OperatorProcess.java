package dev.millrace.operator.controller;

import dev.millrace.operator.config.ConnectionCatalogue;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.config.ProcessSettings;
import dev.millrace.operator.controller.event.EventRecorder;
import dev.millrace.operator.controller.retry.UnlimitedRetry;
import dev.millrace.operator.telemetry.CrdCheck;
import dev.millrace.operator.telemetry.HttpEndpoint;
import dev.millrace.operator.telemetry.OperatorMetrics;
import dev.millrace.operator.telemetry.ResourceMetrics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together and runs them until the process ends. */
final class OperatorProcess {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);
  private static final int CANNOT_START = 1;
  static final String LEASE = "millrace-operator";
  private static final Duration TERMINATION = Duration.ofSeconds(10);

  private OperatorProcess() {}

  static void start(OperatorConfig config, ConnectionCatalogue connections) throws IOException {
    var metrics = new OperatorMetrics(version());
    KubernetesClient client =
        new KubernetesClientBuilder()
            // One retry loop, on the outside (reliability.md §4.1).
            .withConfig(
                new ConfigBuilder(Config.autoConfigure(null))
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .withKubernetesSerialization(TolerantReading.serialization())
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("millrace-metrics", metrics.requestCounter()))
            .build();
    Clock clock = Clock.systemUTC();
    var runtime =
        new OperatorRuntime(
            client,
            config,
            connections,
            clock,
            metrics,
            new ResourceMetrics(metrics, clock),
            new EventRecorder(client, metrics, clock),
            new Neighbours(client, clock),
            new UnlimitedRetry(config.process().retryCap(), new Random()));
    ProcessSettings settings = config.process();
    var started = new AtomicBoolean();
    var operator = new Operator(framework -> configure(framework, runtime));
    operator.register(
        new FeaturePipelineReconciler(runtime), controller -> configure(controller, runtime));
    operator.register(
        new LabelWindowReconciler(runtime), controller -> configure(controller, runtime));
    CrdCheck.start(client, metrics, settings.resync());
    HttpEndpoint.start(settings.httpPort(), () -> true, started::get, metrics::scrape);
    operator.installShutdownHook(TERMINATION);
    try {
      operator.start();
      // The caches are filled, but for those that take longer than all others or are refused, which
      // conditions tell. A replica that waits for its turn has them too, so it is ready.
      started.set(true);
    } catch (OperatorException e) {
      // Half an operator looks alive and does nothing; a new process starts from the beginning.
      LOG.error("the operator cannot start, the process ends", e);
      System.exit(CANNOT_START);
    }
  }

  private static void configure(ConfigurationServiceOverrider framework, OperatorRuntime runtime) {
    framework
        .withKubernetesClient(runtime.client())
        .withCloseClientOnStop(true)
        .withMetrics(runtime.metrics())
        .checkingCRDAndValidateLocalModel(false)
        .withUseSSAToPatchPrimaryResource(false)
        // One that cannot list yet tries again (reliability.md §4.1): an API server that has just
        // got our CRDs answers 429, and a process that gave up would live on and do nothing.
        .withStopOnInformerErrorDuringStartup(false)
        .withCacheSyncTimeout(runtime.config().process().cacheWait())
        .withReconciliationTerminationTimeout(TERMINATION);
    ProcessSettings settings = runtime.config().process();
    if (settings.leaderElection()) {
      var election =
          LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
              .withLeaderCallbacks(leadership(runtime.metrics()));
      if (!settings.leaderNamespace().isEmpty()) {
        election.withLeaseNamespace(settings.leaderNamespace());
      }
      framework.withLeaderElectionConfiguration(election.build());
    } else {
      runtime.metrics().leader(true);
    }
  }

  /** Alert MillraceOperatorDown asks whether some replica leads. */
  private static LeaderCallbacks leadership(OperatorMetrics metrics) {
    return new LeaderCallbacks(
        () -> metrics.leader(true), () -> metrics.leader(false), newLeader -> {});
  }

  private static <R extends HasMetadata> void configure(
      ControllerConfigurationOverrider<R> controller, OperatorRuntime runtime) {
    ProcessSettings settings = runtime.config().process();
    controller
        .withFinalizer(OperatorMain.FINALIZER)
        .withFieldManager(ChildApplier.FIELD_MANAGER)
        .withRetry(runtime.retry())
        .withReconciliationMaxInterval(settings.resync());
    if (settings.watchNamespaces().isEmpty()) {
      controller.watchingAllNamespaces();
    } else {
      controller.settingNamespaces(java.util.Set.copyOf(settings.watchNamespaces()));
    }
  }

  private static String version() {
    String version = OperatorProcess.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
