package dev.millrace.e2e.platform;

import com.marcnuri.helm.Helm;
import dev.millrace.local.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Installs the chart of this checkout with values of a small cluster on loopback. */
final class Chart {
  static final String REDIS_IMAGE = "test/redis:1";
  static final String SPARK_IMAGE = "test/spark-job:1";

  private final Path kubeconfig;
  private final Path values;

  /**
   * @param values where the values are written
   */
  Chart(Path kubeconfig, Path values) {
    this.kubeconfig = kubeconfig;
    this.values = values;
  }

  /**
   * What connections lead to.
   *
   * @param kafka bootstrap servers
   * @param redisPort port of Redis on loopback
   * @param lake URI of the offline store
   * @param jobRest address of the jobs' REST
   */
  record Addresses(String kafka, int redisPort, String lake, String jobRest) {}

  void install(String namespace, Addresses addresses, List<String> tenants) throws IOException {
    Files.writeString(
        values,
        """
        replicas: 2
        crds: {enabled: false}
        uninstall: {releaseFinalizers: false}
        tenants: [%s]
        jobImages: {flink: "test/flink-job:1", spark: "%s", redis: "%s"}
        connections:
          kafka:
          - {name: default, cluster: main, namespace: kafka, bootstrapServers: "%s"}
          redis:
          - {name: default, host: 127.0.0.1, port: %d}
          storage:
          - {name: default, location: "%s"}
        process:
          resyncSeconds: 3
          retryCapSeconds: 2
          jobRest: "%s"
          savepointWaitSeconds: 20
          topicReleaseWaitSeconds: 8
          cleanUpWaitSeconds: 90
        """
            .formatted(
                String.join(", ", tenants),
                SPARK_IMAGE,
                REDIS_IMAGE,
                addresses.kafka(),
                addresses.redisPort(),
                addresses.lake(),
                addresses.jobRest()));
    new Helm(Installation.root().resolve("helm-chart"))
        .install()
        .withKubeConfig(kubeconfig)
        .withNamespace(namespace)
        .withName("millrace")
        .withValuesFile(values)
        .call();
  }
}
