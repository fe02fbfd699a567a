package dev.millrace.e2e.security;

import java.util.List;

/** The chart's values of the {@link SecuredCluster}: short waits, a Secret for each connection. */
final class ChartValues {
  private ChartValues() {}

  /**
   * @param tenants all tenant namespaces
   * @param jobRest address of the jobs' REST
   */
  static String yaml(List<String> tenants, String jobRest) {
    return """
        replicas: 1
        crds: {enabled: false}
        uninstall: {releaseFinalizers: false}
        replicateSecrets: true
        tenants: [%s]
        connections:
          kafka:
          - name: default
            cluster: main
            namespace: kafka
            bootstrapServers: main.kafka:9093
            tls: {secretName: %s}
          - name: alpha
            cluster: alpha
            namespace: kafka-alpha
            bootstrapServers: alpha.kafka-alpha:9092
            namespaces: [alpha]
          redis:
          - {name: default, host: redis.data, credentialsSecret: %s}
          - {name: alpha, host: redis.alpha, namespaces: [alpha]}
          storage:
          - {name: default, location: "s3a://features", endpoint: "https://s3.data:9000", credentialsSecret: %s}
          - {name: alpha, location: "s3a://alpha", namespaces: [alpha]}
        process:
          resyncSeconds: 2
          retryCapSeconds: 2
          jobRest: "%s"
          savepointWaitSeconds: 10
          topicReleaseWaitSeconds: 5
          cleanUpWaitSeconds: 60
        """
        .formatted(
            String.join(", ", tenants), Canaries.KAFKA, Canaries.REDIS, Canaries.STORAGE, jobRest);
  }
}
