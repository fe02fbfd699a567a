package dev.millrace.contract;

/**
 * Where a pipeline's job reads and writes. Outside the definition hash; addresses come from
 * connections that an administrator registered, never from a tenant's resource.
 *
 * @param bootstrapServers Kafka addresses
 * @param kafkaTlsFolder folder of certificates as in {@link KafkaConnection}; empty for plaintext
 * @param topic topic of the events, as named in Kafka
 * @param lateTopic topic for Late events
 * @param deadTopic topic for Undecodable and FromFuture records
 * @param topicManaged whether we created the topics (LogAppendTime is then certain)
 * @param redisHost Redis host
 * @param redisPort Redis port
 * @param redisTls whether to speak TLS
 * @param redisPasswordFile file with the password; empty for none
 * @param location folder of this pipeline in the offline store, as a URI: {@code
 *     <location>/<namespace>/featurepipelines/<name>}
 * @param checkpointLocation folder for checkpoints and savepoints, as a URI
 * @param idleTimeoutMillis silence after which a consumed partition is ignored by the clock
 * @param checkpointIntervalMillis time between checkpoints
 * @param parallelism parallelism of the keyed operators (source and stamp run at 1)
 * @param maxParallelism number of key groups, fixed per version
 */
public record StreamWiring(
    String bootstrapServers,
    String kafkaTlsFolder,
    String topic,
    String lateTopic,
    String deadTopic,
    boolean topicManaged,
    String redisHost,
    int redisPort,
    boolean redisTls,
    String redisPasswordFile,
    String location,
    String checkpointLocation,
    long idleTimeoutMillis,
    long checkpointIntervalMillis,
    int parallelism,
    int maxParallelism) {
  /** How to reach Kafka. */
  public KafkaConnection kafka() {
    return new KafkaConnection(bootstrapServers, kafkaTlsFolder);
  }
}
