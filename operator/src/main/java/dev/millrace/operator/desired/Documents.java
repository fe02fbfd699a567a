package dev.millrace.operator.desired;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.contract.StreamWiring;
import dev.millrace.contract.Surrogate;
import dev.millrace.operator.config.Connection;
import dev.millrace.operator.plan.JoinPlan;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import java.util.List;
import java.util.Map;

/** The documents that jobs read: definition and wiring, addresses resolved, no secret. */
public final class Documents {
  private static final int REDIS_PORT = 6379;

  private Documents() {}

  /** The document of a pipeline's job. */
  public static PipelineDocument of(PipelinePlan plan) {
    return new PipelineDocument(
        PipelineDocument.CODEC,
        plan.namespace(),
        plan.name(),
        plan.uid(),
        plan.version(),
        plan.definitionHash(),
        plan.definition(),
        wiring(plan, redis(plan)));
  }

  private static StreamWiring wiring(PipelinePlan plan, Connection.Redis redis) {
    return new StreamWiring(
        plan.topic().connection().bootstrapServers(),
        kafkaTlsFolder(plan.topic().connection()),
        plan.topic().kafkaName(),
        plan.lateTopic(),
        plan.deadTopic(),
        plan.topic().managed(),
        redis.host(),
        redis.port(),
        redis.tls(),
        redis.credentialsSecret().isEmpty() ? "" : MountPaths.REDIS + "/password",
        plan.location(),
        checkpoints(plan),
        plan.stream().idleTimeoutMillis(),
        plan.stream().checkpointIntervalMillis(),
        plan.stream().parallelism(),
        plan.stream().maxParallelism());
  }

  private static String kafkaTlsFolder(Connection.Kafka kafka) {
    return kafka.tlsSecret().isEmpty() ? "" : MountPaths.KAFKA;
  }

  /** The Redis of a plan; a managed one as if it were registered. */
  static Connection.Redis redis(PipelinePlan plan) {
    if (plan.online() instanceof OnlinePlan.Registered registered) {
      return registered.connection();
    }
    return new Connection.Redis(
        "managed",
        Names.redisHost(plan.name(), plan.namespace()),
        REDIS_PORT,
        false,
        Names.redis(plan.name()),
        List.of(),
        List.of(plan.namespace()));
  }

  /** Folder of one version's checkpoints. */
  static String checkpoints(PipelinePlan plan) {
    return plan.location() + "/checkpoints/v=" + plan.version();
  }

  /** Folder of one version's savepoints. */
  static String savepoints(PipelinePlan plan) {
    return plan.location() + "/savepoints/v=" + plan.version();
  }

  /** The document of a LabelWindow's extract. */
  public static ExtractDocument of(LabelWindowPlan plan) {
    return new ExtractDocument(
        ExtractDocument.CODEC,
        plan.namespace(),
        plan.name(),
        plan.uid(),
        plan.anchor().name(),
        anchor(plan.anchor()),
        plan.anchorWhere(),
        plan.joins().stream().map(JoinPlan::joined).toList(),
        plan.label(),
        surrogates(plan),
        plan.extract().servingDelayMillis(),
        plan.extract().historyFromMillis(),
        plan.quality(),
        new ExtractWiring(
            plan.topic().connection().bootstrapServers(),
            kafkaTlsFolder(plan.topic().connection()),
            plan.topic().kafkaName(),
            plan.location()));
  }

  private static List<Surrogate> surrogates(LabelWindowPlan plan) {
    return plan.surrogates().entrySet().stream()
        .map(
            each ->
                new Surrogate(
                    each.getKey(), each.getValue().outcome(), each.getValue().topic().kafkaName()))
        .toList();
  }

  private static JoinedPipeline anchor(PipelinePlan anchor) {
    var entities = anchor.definition().entities().stream().map(entity -> entity.name()).toList();
    return new JoinPlan(anchor, entities, Map.of(), List.of("*"), List.of()).joined();
  }
}
