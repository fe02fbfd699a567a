package dev.millrace.operator.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.ProcessPlan;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobManagerSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobState;
import org.apache.flink.kubernetes.operator.api.spec.Resource;
import org.apache.flink.kubernetes.operator.api.spec.TaskManagerSpec;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;

/**
 * The FlinkDeployment of one version: application mode, bundled jar, savepoint upgrades. Built with
 * the Flink operator's types, then serialised, because their enum of Flink versions ends before 2.2
 * (neighbours.md §2.1). A suspended plan makes a suspended deployment. A controller withholds it
 * while it does not exist yet: created suspended it would never get a status (§2.7).
 */
public final class FlinkDeployments {
  /** Version of Flink in the job's image. */
  public static final String FLINK_VERSION = "v2_2";

  public static final String JAR = "local:///opt/millrace/flink-job.jar";
  public static final String ENTRY_CLASS = "dev.millrace.flink.StreamJob";

  private static final String MAIN_CONTAINER = "flink-main-container";
  private static final long FLINK_USER = 9999;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private FlinkDeployments() {}

  /**
   * The deployment of a version that keeps its state when it is deleted.
   *
   * @param definition name of the ConfigMap with the document
   */
  public static GenericKubernetesResource of(
      PipelinePlan plan, String definition, OperatorConfig config) {
    return of(plan, definition, config, Deletion.SAVEPOINT);
  }

  /**
   * @param definition name of the ConfigMap with the document
   * @param deletion what becomes of the job when the deployment is deleted
   */
  public static GenericKubernetesResource of(
      PipelinePlan plan, String definition, OperatorConfig config, Deletion deletion) {
    var deployment = new FlinkDeployment();
    deployment.setMetadata(
        Owner.of(plan).owned(Names.flinkDeployment(plan.name(), plan.version())));
    deployment.getMetadata().getLabels().put(Labels.VERSION, String.valueOf(plan.version()));
    deployment.setSpec(spec(plan, definition, config, deletion));
    ObjectNode tree = MAPPER.valueToTree(deployment);
    tree.remove("status");
    ((ObjectNode) tree.get("spec")).put("flinkVersion", FLINK_VERSION);
    dropNulls(tree);
    wholeNumbers(tree);
    return asRead(tree);
  }

  /** As a server answers: numbers that print alike are equal, whatever type wrote them. */
  private static GenericKubernetesResource asRead(ObjectNode tree) {
    try {
      return MAPPER.readValue(tree.toString(), GenericKubernetesResource.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON prints as JSON", e);
    }
  }

  private static FlinkDeploymentSpec spec(
      PipelinePlan plan, String definition, OperatorConfig config, Deletion deletion) {
    var spec = new FlinkDeploymentSpec();
    spec.setImage(config.images().flink());
    spec.setServiceAccount(config.flinkServiceAccount());
    spec.setFlinkConfiguration(FlinkSettings.of(plan, deletion));
    spec.setPodTemplate(podTemplate(plan, definition));
    spec.setJobManager(new JobManagerSpec(resource(plan.stream().jobManager()), 1, null));
    // No replicas: they would override the parallelism.
    spec.setTaskManager(new TaskManagerSpec(resource(plan.stream().taskManager()), null, null));
    spec.setJob(
        JobSpec.builder()
            .jarURI(JAR)
            .entryClass(ENTRY_CLASS)
            .args(new String[] {MountPaths.PIPELINE_FILE})
            .parallelism(plan.stream().parallelism())
            .state(plan.suspended() ? JobState.SUSPENDED : JobState.RUNNING)
            .upgradeMode(UpgradeMode.SAVEPOINT)
            .allowNonRestoredState(false)
            .build());
    return spec;
  }

  private static Resource resource(ProcessPlan process) {
    double cpu = Quantity.getAmountInBytes(new Quantity(process.cpu())).doubleValue();
    return new Resource(cpu, CanonicalQuantity.text(process.memory()), null);
  }

  private static PodTemplateSpec podTemplate(PipelinePlan plan, String definition) {
    PodFiles files = files(plan, definition);
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(new TreeMap<>(Labels.pods(Owner.of(plan), "stream")))
        .endMetadata()
        .withNewSpec()
        // High availability keeps its leader in ConfigMaps: every process calls the API.
        .withAutomountServiceAccountToken(true)
        .withSecurityContext(PodSecurity.pod(FLINK_USER))
        .addNewContainer()
        .withName(MAIN_CONTAINER)
        .withEnv(environment(plan))
        .withSecurityContext(PodSecurity.container())
        .withVolumeMounts(files.mounts())
        .endContainer()
        .withVolumes(files.volumes())
        .endSpec()
        .build();
  }

  private static PodFiles files(PipelinePlan plan, String definition) {
    return new PodFiles()
        .definition(definition)
        .secret("redis", Documents.redis(plan).credentialsSecret(), MountPaths.REDIS)
        .secret("storage", plan.storage().credentialsSecret(), MountPaths.STORAGE)
        .secret("kafka", plan.topic().connection().tlsSecret(), MountPaths.KAFKA)
        .scratch("tmp", "/tmp")
        .scratch("log", "/opt/flink/log");
  }

  /**
   * The path of the credentials, never their content. Flink's own S3 file system still has the
   * first AWS SDK, which knows the file under another name than the second.
   */
  private static List<EnvVar> environment(PipelinePlan plan) {
    if (plan.storage().credentialsSecret().isEmpty()) {
      return List.of();
    }
    String file = MountPaths.STORAGE + "/credentials";
    return Stream.of("AWS_SHARED_CREDENTIALS_FILE", "AWS_CREDENTIAL_PROFILES_FILE")
        .map(name -> new EnvVarBuilder().withName(name).withValue(file).build())
        .toList();
  }

  /** The typed classes write members they do not set as null; a server would drop these. */
  private static void dropNulls(ObjectNode tree) {
    tree.properties().removeIf(member -> member.getValue().isNull());
    tree.forEach(
        value -> {
          if (value instanceof ObjectNode object) {
            dropNulls(object);
          }
        });
  }

  /** A server answers 1.0 with 1; what differs only in that is the same. */
  private static void wholeNumbers(ObjectNode tree) {
    tree.properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              if (value.isDouble() && value.doubleValue() == value.intValue()) {
                member.setValue(IntNode.valueOf(value.intValue()));
              } else if (value instanceof ObjectNode object) {
                wholeNumbers(object);
              }
            });
  }
}
