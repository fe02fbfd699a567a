package dev.millrace.operator.desired;

import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * A Redis of the pipeline's own (reliability.md §3.6): append-only file, nothing evicted, one user
 * with the commands the job needs. Secret and volume outlive the pipeline.
 */
public final class ManagedRedis {
  private static final int PORT = 6379;
  private static final long REDIS_USER = 999;
  private static final BigDecimal DATA_SHARE = new BigDecimal("0.8");
  private static final String ACL_FOLDER = "/etc/millrace-redis";

  private ManagedRedis() {}

  /** Service and StatefulSet, in this order; the Secret is {@link RedisSecrets}'s. */
  public static List<HasMetadata> of(
      PipelinePlan plan, OnlinePlan.Managed managed, OperatorConfig config) {
    Owner owner = Owner.of(plan);
    return List.of(service(owner), statefulSet(owner, managed, config));
  }

  private static Map<String, String> podLabels(Owner owner) {
    return Labels.pods(owner, "redis");
  }

  static LabelSelector selector(Owner owner) {
    return new LabelSelectorBuilder()
        .addToMatchLabels(Labels.PIPELINE, owner.name())
        .addToMatchLabels(Labels.COMPONENT, "redis")
        .build();
  }

  private static Service service(Owner owner) {
    return new ServiceBuilder()
        .withMetadata(owner.owned(Names.redis(owner.name())))
        .withNewSpec()
        .withClusterIP("None")
        .withSelector(selector(owner).getMatchLabels())
        .addNewPort()
        .withName("redis")
        .withPort(PORT)
        .withNewTargetPort("redis")
        .endPort()
        .endSpec()
        .build();
  }

  private static StatefulSet statefulSet(
      Owner owner, OnlinePlan.Managed managed, OperatorConfig config) {
    return new StatefulSetBuilder()
        .withMetadata(owner.owned(Names.redis(owner.name())))
        .withNewSpec()
        .withReplicas(1)
        .withServiceName(Names.redis(owner.name()))
        .withSelector(selector(owner))
        .withNewPersistentVolumeClaimRetentionPolicy()
        .withWhenDeleted("Retain")
        .withWhenScaled("Retain")
        .endPersistentVolumeClaimRetentionPolicy()
        .withTemplate(podTemplate(owner, managed, config))
        .withVolumeClaimTemplates(claim(owner, managed))
        .endSpec()
        .build();
  }

  private static PodTemplateSpec podTemplate(
      Owner owner, OnlinePlan.Managed managed, OperatorConfig config) {
    PodFiles files =
        new PodFiles()
            .secret("acl", Names.redis(owner.name()), ACL_FOLDER)
            .mount("data", "/data", false);
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(podLabels(owner))
        .endMetadata()
        .withNewSpec()
        .withAutomountServiceAccountToken(false)
        .withSecurityContext(PodSecurity.pod(REDIS_USER))
        .addNewContainer()
        .withName("redis")
        .withImage(config.images().redis())
        .withCommand("redis-server")
        .withArgs(arguments(managed))
        .addNewPort()
        .withName("redis")
        .withContainerPort(PORT)
        .endPort()
        .withResources(resources(managed))
        .withNewReadinessProbe()
        .withNewTcpSocket()
        .withNewPort("redis")
        .endTcpSocket()
        .endReadinessProbe()
        .withSecurityContext(PodSecurity.container())
        .withVolumeMounts(files.mounts())
        .endContainer()
        .withVolumes(files.volumes())
        .endSpec()
        .build();
  }

  /** Nothing here is secret: the password's hash is in the access list's file. */
  private static List<String> arguments(OnlinePlan.Managed managed) {
    BigDecimal bytes = Quantity.getAmountInBytes(new Quantity(managed.memory()));
    String most = bytes.multiply(DATA_SHARE).setScale(0, RoundingMode.FLOOR).toPlainString();
    return List.of(
        "--dir",
        "/data",
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec",
        "--maxmemory",
        most,
        "--maxmemory-policy",
        "noeviction",
        "--aclfile",
        ACL_FOLDER + "/" + RedisSecrets.ACL_KEY);
  }

  private static ResourceRequirements resources(OnlinePlan.Managed managed) {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("100m"))
        .addToRequests("memory", CanonicalQuantity.of(managed.memory()))
        .addToLimits("memory", CanonicalQuantity.of(managed.memory()))
        .build();
  }

  /** Labelled, so that a deletion asked for finds it; no owner reference, because it holds data. */
  private static PersistentVolumeClaim claim(Owner owner, OnlinePlan.Managed managed) {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName("data")
        .withLabels(Labels.of(owner))
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withNewResources()
        .addToRequests("storage", CanonicalQuantity.of(managed.storage()))
        .endResources()
        .endSpec()
        .build();
  }
}
