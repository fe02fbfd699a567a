package dev.millrace.e2e.cluster;

/** The chart's values of the {@link QuickCluster}: short waits, a Secret for each connection. */
final class QuickValues {
  private QuickValues() {}

  /**
   * @param jobRest address of the jobs' REST
   */
  static String yaml(String jobRest) {
    return """
        replicateSecrets: true
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
        .formatted(Canaries.KAFKA, Canaries.REDIS, Canaries.STORAGE, jobRest);
  }
}
