package dev.millrace.e2e.cluster;

import com.marcnuri.helm.Helm;
import dev.millrace.local.process.FreePort;
import dev.millrace.local.process.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The chart of this checkout, installed as an administrator does it, with prepared tenants.
 * Operators are started as processes with the configuration that it renders and the rights of its
 * service account, never an administrator's.
 */
public final class ChartRelease {
  /** Namespace of the release. */
  public static final String SYSTEM = "millrace-system";

  /** Namespace that the topic operator watches. */
  public static final String KAFKA = "kafka";

  /** The operator, as the audit log names it. */
  public static final String OPERATOR = "system:serviceaccount:" + SYSTEM + ":millrace";

  private static final String NAME = "millrace";

  private final TestControlPlane plane;
  private final int tenants;
  private final AtomicInteger nextTenant = new AtomicInteger();
  private final AtomicInteger nextOperator = new AtomicInteger();

  private ChartRelease(TestControlPlane plane, int tenants) {
    this.plane = plane;
    this.tenants = tenants;
  }

  /**
   * Installs it; the namespaces of the system and of Kafka are there already.
   *
   * @param named tenants beside the numbered ones, which are there already too
   * @param tenants how many tests can have a namespace
   * @param values connections and process
   */
  public static ChartRelease install(
      TestControlPlane plane, List<String> named, int tenants, String values) {
    var all = new ArrayList<>(named);
    for (int number = 1; number <= tenants; number++) {
      plane.createNamespace(tenantName(number));
      all.add(tenantName(number));
    }
    Path file = plane.folder().resolve("values.yaml");
    try {
      Files.writeString(
          file,
          """
          replicas: 1
          crds: {enabled: false}
          uninstall: {releaseFinalizers: false}
          tenants: [%s]
          %s"""
              .formatted(String.join(", ", all), values));
    } catch (IOException e) {
      throw new UncheckedIOException("the chart's values", e);
    }
    try {
      apply(plane, file);
    } catch (IllegalStateException e) {
      // On a busy machine the server has cut all of Helm's requests off at once: as a user would.
      System.out.println(
          "helm is asked again: " + e.getMessage().strip().lines().findFirst().orElse(""));
      apply(plane, file);
    }
    return new ChartRelease(plane, tenants);
  }

  /** Installs, or completes what was begun. */
  private static void apply(TestControlPlane plane, Path values) {
    new Helm(Installation.root().resolve("helm-chart"))
        .upgrade()
        .install()
        .withKubeConfig(plane.controlPlane().kubeconfig())
        .withNamespace(SYSTEM)
        .withName(NAME)
        .withValuesFile(values)
        .call();
  }

  private static String tenantName(int number) {
    return "tenant-" + number;
  }

  /** A tenant namespace that no other test has. */
  public String tenant() {
    int number = nextTenant.incrementAndGet();
    if (number > tenants) {
      throw new IllegalStateException("only " + tenants + " tenant namespaces are prepared");
    }
    return tenantName(number);
  }

  /** Starts one more operator; it is not awaited. */
  public OperatorProcess startOperator(OperatorOptions options) {
    String name = "operator-" + nextOperator.incrementAndGet();
    Path own = plane.folder().resolve("operators").resolve(name);
    int port = FreePort.of(0, "");
    Map<String, String> files =
        plane.client().configMaps().inNamespace(SYSTEM).withName(NAME).get().getData();
    try {
      Files.createDirectories(own);
      for (var file : files.entrySet()) {
        Files.writeString(own.resolve(file.getKey()), file.getValue());
      }
      Files.writeString(
          own.resolve("operator.yaml"), options.adapt(files.get("operator.yaml"), port));
      options.writeKubeconfig(own.resolve("kubeconfig"), plane.controlPlane(), token());
    } catch (IOException e) {
      throw new UncheckedIOException("configuration of " + name, e);
    }
    return OperatorProcess.start(name, own, port, options.environment());
  }

  private String token() {
    return plane.controlPlane().tokenFor(SYSTEM, NAME);
  }
}
