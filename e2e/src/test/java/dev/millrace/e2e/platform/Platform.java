package dev.millrace.e2e.platform;

import dev.millrace.local.actor.cluster.ActorSettings;
import dev.millrace.local.actor.cluster.ClusterActors;
import dev.millrace.local.controlplane.ControlPlane;
import dev.millrace.local.process.FreePort;
import dev.millrace.local.service.KafkaBroker;
import dev.millrace.local.service.RedisStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cluster as an administrator leaves it to tenants: the chart installed, tenant namespaces that
 * enforce Pod Security <i>restricted</i>, a Kafka broker, a Redis, and actors in the place of the
 * operators next door. The operator itself is started by the tests.
 */
public final class Platform implements AutoCloseable {
  /** Namespace of the release. */
  public static final String SYSTEM = "millrace-system";

  /** Namespace that the topic operator watches. */
  public static final String KAFKA = "kafka";

  private static final int TENANTS = 60;

  private final ControlPlane controlPlane;
  private final KubernetesClient client;
  private final Path folder;
  private final KafkaBroker kafka;
  private final RedisStore redis;
  private final ClusterActors actors;
  private final AtomicInteger nextTenant = new AtomicInteger();
  private final AtomicInteger nextOperator = new AtomicInteger();
  private final List<OperatorProcess> operators = new ArrayList<>();

  private Platform(
      ControlPlane controlPlane,
      KubernetesClient client,
      Path folder,
      KafkaBroker kafka,
      RedisStore redis,
      ClusterActors actors) {
    this.controlPlane = controlPlane;
    this.client = client;
    this.folder = folder;
    this.kafka = kafka;
    this.redis = redis;
    this.actors = actors;
  }

  /**
   * Sets everything up.
   *
   * @param folder data and logs
   */
  public static Platform start(ControlPlane controlPlane, KubernetesClient client, Path folder) {
    try {
      Path data = folder.toAbsolutePath();
      Files.createDirectories(data);
      KafkaBroker kafka =
          KafkaBroker.start(
              data.resolve("kafka"),
              FreePort.of(0, ""),
              FreePort.of(0, ""),
              why -> System.err.println("Kafka died: " + why));
      RedisStore redis =
          RedisStore.start(data.resolve("redis"), FreePort.of(0, ""), data.resolve("redis.log"));
      namespaces(client);
      ClusterActors actors =
          ClusterActors.start(
              client,
              data.resolve("actors"),
              kafka.bootstrapServers(),
              ActorSettings.small(
                  "main",
                  Map.of(
                      Chart.REDIS_IMAGE,
                      ActorSettings.Program.REDIS,
                      Chart.SPARK_IMAGE,
                      ActorSettings.Program.SPARK)));
      new Chart(controlPlane.kubeconfig(), data.resolve("values.yaml"))
          .install(
              SYSTEM,
              new Chart.Addresses(
                  kafka.bootstrapServers(),
                  redis.port(),
                  data.resolve("lake").toUri().toString(),
                  actors.flinkRestAddress() + "/<namespace>/<deployment>"),
              tenants());
      return new Platform(controlPlane, client, data, kafka, redis, actors);
    } catch (Exception e) {
      throw new IllegalStateException("the platform cannot be started", e);
    }
  }

  private static List<String> tenants() {
    var names = new ArrayList<String>();
    for (int i = 1; i <= TENANTS; i++) {
      names.add("tenant-" + i);
    }
    return names;
  }

  private static void namespaces(KubernetesClient client) {
    var names = new ArrayList<>(List.of(SYSTEM, KAFKA));
    names.addAll(tenants());
    for (String name : names) {
      client
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                  .endMetadata()
                  .build())
          .serverSideApply();
    }
  }

  /** A tenant namespace that no other test has. */
  public String tenant() {
    int number = nextTenant.incrementAndGet();
    if (number > TENANTS) {
      throw new IllegalStateException("only " + TENANTS + " tenant namespaces are prepared");
    }
    return "tenant-" + number;
  }

  /** Starts one more replica of the operator, with the chart's configuration and rights. */
  public OperatorProcess startOperator(OperatorOptions options) {
    String name = "operator-" + nextOperator.incrementAndGet();
    Path own = folder.resolve(name);
    int port = FreePort.of(0, "");
    Path kubeconfig = own.resolve("kubeconfig");
    try {
      Files.createDirectories(own);
      for (Map.Entry<String, String> file : chartConfiguration().getData().entrySet()) {
        Files.writeString(own.resolve(file.getKey()), options.adapt(file.getValue(), port));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String token = controlPlane.tokenFor(SYSTEM, "millrace");
    if (options.apiServer().isEmpty()) {
      controlPlane.writeKubeconfig(kubeconfig, token);
    } else {
      options.writeKubeconfig(kubeconfig, token);
    }
    OperatorProcess operator =
        OperatorProcess.start(name, folder.resolve("operators"), own, kubeconfig, port);
    synchronized (operators) {
      operators.add(operator);
    }
    return operator;
  }

  private ConfigMap chartConfiguration() {
    return client.configMaps().inNamespace(SYSTEM).list().getItems().stream()
        .filter(map -> map.getData() != null && map.getData().containsKey("operator.yaml"))
        .findFirst()
        .orElseThrow();
  }

  public ControlPlane controlPlane() {
    return controlPlane;
  }

  public KubernetesClient client() {
    return client;
  }

  public Path folder() {
    return folder;
  }

  /** Folder that stands for the object store. */
  public Path lake() {
    return folder.resolve("lake");
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  public int redisPort() {
    return redis.port();
  }

  public ClusterActors actors() {
    return actors;
  }

  @Override
  public void close() {
    synchronized (operators) {
      operators.forEach(OperatorProcess::close);
    }
    actors.close();
    redis.close();
    kafka.close();
  }
}
