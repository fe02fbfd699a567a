package dev.millrace.operator.telemetry;

import dev.millrace.contract.Reason;
import dev.millrace.crds.admission.CustomResourceKind;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the installed CRDs with those this operator was built with (experience.md §5), by the
 * schema revision in their descriptions. An older one is a metric and a log line with the command
 * to run; nothing is refused because of it.
 */
public final class CrdCheck implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CrdCheck.class);
  private static final Pattern REVISION = Pattern.compile("Schema\\s+revision\\s+(\\d{1,6})\\.");

  private static final Map<String, Integer> OURS = ours();

  private final KubernetesClient client;
  private final OperatorMetrics metrics;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var daemon = new Thread(task, "crd-check");
            daemon.setDaemon(true);
            return daemon;
          });

  /** What was said last of each, so that it is said once. */
  private final Map<String, State> states = new TreeMap<>();

  enum State {
    CURRENT,
    MISSING,
    OUTDATED,
    /** The server did not answer, or the right to look is missing. */
    UNKNOWN
  }

  CrdCheck(KubernetesClient client, OperatorMetrics metrics) {
    this.client = client;
    this.metrics = metrics;
  }

  /** Looks now and then again after each interval. */
  public static CrdCheck start(
      KubernetesClient client, OperatorMetrics metrics, Duration interval) {
    var check = new CrdCheck(client, metrics);
    check.thread.scheduleWithFixedDelay(check::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    return check;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** One look at both. */
  void look() {
    try {
      OURS.forEach(this::look);
    } catch (RuntimeException e) {
      LOG.error("the CRDs could not be compared", e); // the schedule would end otherwise
    }
  }

  private void look(String name, int ours) {
    State state = state(name, ours);
    if (state != State.UNKNOWN) {
      metrics.crdMissing(name, state == State.MISSING);
      metrics.crdOutdated(name, state == State.OUTDATED);
    }
    if (states.put(name, state) != state) {
      say(name, state);
    }
  }

  private State state(String name, int ours) {
    try {
      CustomResourceDefinition installed =
          client.apiextensions().v1().customResourceDefinitions().withName(name).get();
      if (installed == null || installed.getMetadata().getDeletionTimestamp() != null) {
        return State.MISSING;
      }
      return revision(installed) < ours ? State.OUTDATED : State.CURRENT;
    } catch (KubernetesClientException e) {
      LOG.debug("a CRD could not be read", e);
      return State.UNKNOWN;
    }
  }

  private static int revision(CustomResourceDefinition installed) {
    return installed.getSpec().getVersions().stream()
        .filter(version -> version.getSchema() != null)
        .map(version -> version.getSchema().getOpenAPIV3Schema().getDescription())
        .mapToInt(CrdCheck::revision)
        .max()
        .orElse(0);
  }

  /** The revision in a text; one without is older than any. */
  static int revision(String text) {
    Matcher matcher = REVISION.matcher(text == null ? "" : text);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** Revisions of the CRDs in this build, by the CRDs' names. */
  private static Map<String, Integer> ours() {
    var revisions = new TreeMap<String, Integer>();
    for (CustomResourceKind kind : CustomResourceKind.values()) {
      String file = kind.crdResource();
      try (InputStream stream = CrdCheck.class.getResourceAsStream(file)) {
        String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        String name = file.substring(file.lastIndexOf('/') + 1, file.length() - ".yaml".length());
        revisions.put(name, revision(text));
      } catch (IOException e) {
        throw new UncheckedIOException(file + " cannot be read", e);
      }
    }
    return Map.copyOf(revisions);
  }

  private static void say(String name, State state) {
    switch (state) {
      case CURRENT -> LOG.atInfo().addKeyValue(ReconcileLog.CHILD, name).log("CRD is current");
      case MISSING ->
          LOG.atError()
              .addKeyValue(ReconcileLog.CHILD, name)
              .addKeyValue(ReconcileLog.REASON, Reason.DEPENDENCY_MISSING.text())
              .log("CRD is not installed; run helm upgrade with crds.enabled");
      case OUTDATED ->
          LOG.atWarn()
              .addKeyValue(ReconcileLog.CHILD, name)
              .addKeyValue(ReconcileLog.REASON, Reason.CRD_OUTDATED.text())
              .log("CRD is older than this operator; run helm upgrade with crds.enabled");
      case UNKNOWN ->
          LOG.atWarn()
              .addKeyValue(ReconcileLog.CHILD, name)
              .log("CRD cannot be read; is the right to get it granted?");
    }
  }
}
