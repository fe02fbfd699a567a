package dev.millrace.operator.desired;

import dev.millrace.contract.CleanUpDocument;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.ResourceKind;
import dev.millrace.operator.config.Connection;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.ProcessPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Job that deletes online keys and files of a resource with {@code deletionPolicy: Delete},
 * with the tenant's own credentials: the operator holds none (reliability.md §2). It may run any
 * number of times; one that failed for good is deleted to be made again.
 */
public final class CleanUpJobs {
  static final String CONTAINER = "clean-up";
  static final String KEY = "clean-up.json";

  private static final int RETRIES = 20;
  private static final ProcessPlan PIPELINE_SIZE = new ProcessPlan("500m", "2Gi");

  private final Owner owner;
  private final ResourceKind kind;
  private final Optional<Connection.Redis> redis;
  private final Connection.Storage storage;
  private final ProcessPlan size;
  private final OperatorConfig config;

  private CleanUpJobs(
      Owner owner,
      ResourceKind kind,
      Optional<Connection.Redis> redis,
      Connection.Storage storage,
      ProcessPlan size,
      OperatorConfig config) {
    this.owner = owner;
    this.kind = kind;
    this.redis = redis;
    this.storage = storage;
    this.size = size;
    this.config = config;
  }

  /** Policy, document and Job of a pipeline, in the order in which they are applied. */
  public static List<HasMetadata> of(PipelinePlan plan, OperatorConfig config) {
    // A managed Redis goes with its volume, so nobody has to delete its keys.
    Optional<Connection.Redis> redis =
        plan.online() instanceof OnlinePlan.Registered registered
            ? Optional.of(registered.connection())
            : Optional.empty();
    return new CleanUpJobs(
            Owner.of(plan),
            ResourceKind.FEATURE_PIPELINE,
            redis,
            plan.storage(),
            PIPELINE_SIZE,
            config)
        .objects();
  }

  /** Policy, document and Job of a LabelWindow, in the order in which they are applied. */
  public static List<HasMetadata> of(LabelWindowPlan plan, OperatorConfig config) {
    return new CleanUpJobs(
            Owner.of(plan),
            ResourceKind.LABEL_WINDOW,
            Optional.empty(),
            plan.storage(),
            plan.extract().driver(),
            config)
        .objects();
  }

  private List<HasMetadata> objects() {
    String name = Names.cleanUp(kind, owner.name());
    ConfigMap definition =
        DefinitionConfigMaps.of(owner, new TreeMap<>(Map.of(KEY, DocumentCodec.write(document()))));
    return List.of(
        NetworkPolicies.cleanUp(owner, name, CONTAINER, redis, storage),
        definition,
        job(name, pod(definition.getMetadata().getName())));
  }

  private CleanUpDocument document() {
    return new CleanUpDocument(
        CleanUpDocument.CODEC,
        kind,
        owner.namespace(),
        owner.name(),
        owner.uid(),
        kind.location(storage.location(), owner.namespace(), owner.name()),
        redis.map(Connection.Redis::host).orElse(""),
        redis.map(Connection.Redis::port).orElse(0),
        redis.map(Connection.Redis::tls).orElse(false),
        passwordSecret().isEmpty() ? "" : MountPaths.REDIS + "/password");
  }

  private String passwordSecret() {
    return redis.map(Connection.Redis::credentialsSecret).orElse("");
  }

  private Job job(String name, PodTemplateSpec pod) {
    return new JobBuilder()
        .withMetadata(owner.owned(name))
        .withNewSpec()
        .withBackoffLimit(RETRIES)
        .withNewPodFailurePolicy()
        .addToRules(SparkPods.evictionIsNoAttempt())
        .endPodFailurePolicy()
        .withTemplate(pod)
        .endSpec()
        .build();
  }

  private PodTemplateSpec pod(String definition) {
    PodFiles files =
        SparkPods.files(storage)
            .definition(definition)
            .secret("redis", passwordSecret(), MountPaths.REDIS)
            .scratch("tmp", "/tmp");
    Container driver =
        SparkPods.driver(
            CONTAINER,
            SparkArguments.cleanUp(size, storage),
            SparkPods.environment(storage),
            size,
            files,
            config);
    return SparkPods.of(owner, CONTAINER, false, driver, files, config);
  }
}
