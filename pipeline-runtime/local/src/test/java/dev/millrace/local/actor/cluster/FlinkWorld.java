package dev.millrace.local.actor.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.actor.FlinkDeploymentView;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** FlinkDeployments of a test class: a control plane, the actors, jobs that note how they start. */
final class FlinkWorld implements AutoCloseable {
  static final String NAMESPACE = "fraud";
  private final Path folder;
  private final TestCluster cluster;
  private final ClusterActors actors;

  FlinkWorld(Path folder) throws IOException {
    this.folder = folder;
    cluster = TestCluster.start(folder.resolve("controlplane"));
    var settings = ActorSettings.small("main", Map.of());
    var delays =
        new ActorSettings.Delays(
            Duration.ofMillis(50),
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(60));
    actors =
        ClusterActors.start(
            cluster.client, folder.resolve("actors"), "127.0.0.1:9", settings.withDelays(delays));
    cluster.installNeighbours();
    cluster.namespace(NAMESPACE);
    for (Volume volume : volumes()) {
      if (volume.getConfigMap() != null) {
        cluster.apply(mounted("ConfigMap", volume.getConfigMap().getName(), "data"));
      }
      if (volume.getSecret() != null) {
        cluster.apply(mounted("Secret", volume.getSecret().getSecretName(), "stringData"));
      }
    }
  }

  ClusterActors actors() {
    return actors;
  }

  private static List<Volume> volumes() throws IOException {
    return FlinkDeploymentView.of(
            TestCluster.object(TestCluster.golden("minimal/out-FlinkDeployment-card-fraud")))
        .podTemplate()
        .getSpec()
        .getVolumes();
  }

  private static String mounted(String kind, String name, String data) {
    return """
    apiVersion: v1
    kind: %s
    metadata: {name: %s, namespace: fraud}
    %s: {pipeline.json: "{}", password: correct-horse, credentials: none}
    """
        .formatted(kind, name, data);
  }

  /** The golden FlinkDeployment, with a job of this module and folders of this machine. */
  void apply(String name, Consumer<Map<String, Object>> change) throws Exception {
    GenericKubernetesResource deployment =
        TestCluster.object(TestCluster.golden("minimal/out-FlinkDeployment-card-fraud"));
    deployment.getMetadata().setName(name);
    deployment.getMetadata().setOwnerReferences(List.of());
    Map<String, Object> spec = spec(deployment);
    job(spec).put("entryClass", "dev.millrace.local.actor.CountingJob");
    job(spec).put("parallelism", 1);
    job(spec).put("args", arguments(name));
    String store = folder.resolve("store").resolve(name).toUri().toString();
    options(spec).put("execution.checkpointing.dir", store + "/checkpoints");
    options(spec).put("execution.checkpointing.savepoint-dir", store + "/savepoints");
    options(spec).put("high-availability.storageDir", store + "/ha");
    options(spec).put("execution.checkpointing.interval", "300 ms");
    change.accept(spec);
    kind().objects().inNamespace(NAMESPACE).resource(deployment).create();
  }

  List<String> arguments(String name) {
    return List.of("/opt/millrace/definition/pipeline.json", starting(name).toUri().toString());
  }

  /** Where each start of a job leaves a file. */
  Path starting(String name) {
    try {
      Path all = Path.of("target", "flink-starts", folder.getFileName().toString());
      return Files.createDirectories(all.toAbsolutePath().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void edit(String name, Consumer<Map<String, Object>> change) {
    object(name)
        .edit(
            deployment -> {
              change.accept(spec(deployment));
              return deployment;
            });
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> spec(GenericKubernetesResource deployment) {
    return (Map<String, Object>) deployment.getAdditionalProperties().get("spec");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> job(Map<String, Object> spec) {
    return (Map<String, Object>) spec.get("job");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> options(Map<String, Object> spec) {
    return (Map<String, Object>) spec.get("flinkConfiguration");
  }

  JsonNode status(String name) {
    return new ObjectMapper()
        .valueToTree(object(name).get().getAdditionalProperties())
        .path("status");
  }

  JsonNode rest(String name, String path) throws Exception {
    URI uri = URI.create(actors.flinkRestAddress() + "/" + NAMESPACE + "/" + name + path);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(response.body());
  }

  List<String> events(String name) {
    return cluster.client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .map(Event::getReason)
        .toList();
  }

  List<String> snapshots() {
    return CustomKind.flinkStateSnapshots(cluster.client)
        .objects()
        .inNamespace(NAMESPACE)
        .list()
        .getItems()
        .stream()
        .map(snapshot -> snapshot.getMetadata().getName())
        .toList();
  }

  /** The number with which each start of the job began, in the order of the starts. */
  List<Long> starts(String name) throws IOException {
    try (Stream<Path> files = Files.list(starting(name))) {
      return files
          .filter(file -> file.toFile().length() > 0)
          .sorted((one, two) -> Long.compare(number(one), number(two)))
          .map(FlinkWorld::number)
          .toList();
    }
  }

  static boolean ascends(List<Long> numbers) {
    return numbers.get(0) == 0 && numbers.stream().distinct().count() == numbers.size();
  }

  boolean hasCheckpoint(String name) throws IOException {
    Path checkpoints = folder.resolve("store").resolve(name).resolve("checkpoints");
    if (!Files.exists(checkpoints)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files.anyMatch(file -> file.endsWith("_metadata"));
    }
  }

  private static long number(Path file) {
    try {
      return Long.parseLong(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CustomKind kind() {
    return CustomKind.flinkDeployments(cluster.client);
  }

  Resource<GenericKubernetesResource> object(String name) {
    return kind().object(new ObjectKey(NAMESPACE, name));
  }

  @Override
  public void close() {
    actors.close();
    cluster.close();
  }
}
