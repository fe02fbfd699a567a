package dev.millrace.local.actor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real job under the Flink operator's actor: the timelines of neighbours.md §2.7 and §2.9. */
class FlinkOperatorActorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String NAMESPACE = "fraud";
  private static final String STARTING = "DEPLOYED DEPLOYED DEPLOYING RECONCILING ";
  private static final String OPEN = "DEPLOYED DEPLOYED DEPLOYED_NOT_READY RECONCILING ";
  private static final String CREATED = "DEPLOYED DEPLOYED READY CREATED ";
  private static final String RUNNING = "STABLE DEPLOYED READY RUNNING ";
  @TempDir static Path folder;
  private static TestCluster cluster;
  private static ClusterActors actors;

  @BeforeAll
  static void start() throws Exception {
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

  @AfterAll
  static void stop() {
    if (actors != null) {
      actors.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void goesThroughALifeWithoutLosingItsPlace() throws Exception {
    String name = "card-fraud-v1";
    apply(name, deployment -> {});
    try (var log = new StatusLog(kind(), new ObjectKey(NAMESPACE, name))) {
      awaitLine(log, RUNNING + 1);
      assertThat(withoutPending(log.take()))
          .startsWith("UPGRADING UPGRADING MISSING - 1", STARTING + 1, OPEN + 1)
          .endsWith(RUNNING + 1);
      JsonNode first = status(name);
      assertThat(first.path("jobStatus").path("jobId").asText()).hasSize(32);
      assertThat(
              rest(name, "/jobs/" + first.at("/jobStatus/jobId").asText()).path("state").asText())
          .isEqualTo("RUNNING");

      edit(name, spec -> job(spec).put("parallelism", 2));
      awaitLine(log, RUNNING + 2);
      assertThat(withoutPending(log.take()))
          .startsWith(
              "UPGRADING UPGRADING READY FINISHED 2",
              "UPGRADING UPGRADING MISSING FINISHED 2",
              STARTING + 2,
              OPEN + 2)
          .endsWith(RUNNING + 2);
      JsonNode second = status(name);
      String savepoint = second.at("/jobStatus/upgradeSavepointPath").asText();
      assertThat(savepoint).contains("savepoint");
      assertThat(second.at("/jobStatus/jobId")).isNotEqualTo(first.at("/jobStatus/jobId"));
      assertThat(second.at("/taskManager/replicas").asInt()).isEqualTo(1);
      assertThat(starts(name)).hasSize(2).anyMatch(number -> number > 0);

      edit(name, spec -> job(spec).put("state", "suspended"));
      awaitLine(log, "SUSPENDED DEPLOYED MISSING FINISHED 3");
      assertThat(log.take())
          .containsExactly(
              "SUSPENDED DEPLOYED READY FINISHED 3", "SUSPENDED DEPLOYED MISSING FINISHED 3");
      assertThat(status(name).at("/jobStatus/upgradeSavepointPath").asText())
          .isNotEqualTo(savepoint);

      edit(name, spec -> job(spec).put("state", "running"));
      awaitLine(log, RUNNING + 4);
      assertThat(withoutPending(log.take()))
          .startsWith("UPGRADING UPGRADING MISSING FINISHED 4", STARTING + 4, OPEN + 4);
      assertThat(starts(name)).hasSize(3);
      assertThat(ascends(starts(name))).isTrue();

      object(name).delete();
      awaitLine(log, "deleted");
      assertThat(snapshots()).anyMatch(snapshot -> snapshot.contains(name));
      assertThat(events(name))
          .contains("Submit", "SpecChanged", "Suspended", "JobStatusChanged", "Cleanup");
    }
  }

  @Test
  void keepsTheOldJobWhenASavepointIsRefusedAndSaysWhy() throws Exception {
    String name = "refuses-v1";
    apply(name, deployment -> {});
    try (var log = new StatusLog(kind(), new ObjectKey(NAMESPACE, name))) {
      awaitLine(log, RUNNING + 1);
      actors.flinkFaults().inject(FlinkFault.REFUSE_SAVEPOINTS, NAMESPACE, name);
      edit(name, spec -> job(spec).put("parallelism", 2));
      await().atMost(PATIENCE).until(() -> status(name).path("error").asText().contains("Save"));
      JsonNode error = new ObjectMapper().readTree(status(name).path("error").asText());
      assertThat(error.path("type").asText())
          .isEqualTo("org.apache.flink.kubernetes.operator.exception.UpgradeFailureException");
      assertThat(error.path("message").asText()).isEqualTo("Savepoint Error");
      assertThat(error.at("/throwableList/0/type").asText()).endsWith("CheckpointException");
      assertThat(status(name).path("observedGeneration").asInt()).isEqualTo(1);
      assertThat(status(name).path("lifecycleState").asText()).isEqualTo("STABLE");

      object(name).delete();
      await()
          .during(Duration.ofSeconds(3))
          .atMost(PATIENCE)
          .until(() -> object(name).get() != null);
      edit(
          name,
          spec -> options(spec).put("kubernetes.operator.job.savepoint-on-deletion", "false"));
      awaitLine(log, "deleted");
    } finally {
      actors.flinkFaults().heal(FlinkFault.REFUSE_SAVEPOINTS);
    }
  }

  @Test
  void showsAJobThatFailsForGoodAndOneThatDies() throws Exception {
    String name = "fails-v1";
    apply(name, spec -> job(spec).put("args", List.of("/nowhere", starting(name).toString())));
    await()
        .atMost(PATIENCE)
        .until(() -> status(name).path("lifecycleState").asText().equals("FAILED"));
    assertThat(status(name).path("jobManagerDeploymentStatus").asText()).isEqualTo("READY");
    assertThat(status(name).at("/jobStatus/state").asText()).isEqualTo("FAILED");
    assertThat(status(name).path("error").asText()).contains("NoSuchFileException");
    String id = status(name).at("/jobStatus/jobId").asText();
    assertThat(rest(name, "/jobs/" + id + "/exceptions").toString())
        .contains("NoSuchFileException");

    edit(name, spec -> job(spec).put("args", arguments(name)));
    await()
        .atMost(PATIENCE)
        .until(() -> status(name).path("lifecycleState").asText().equals("STABLE"));
    await().atMost(PATIENCE).until(() -> hasCheckpoint(name));
    actors.killJobManager(NAMESPACE, name);
    await().atMost(PATIENCE).until(() -> starts(name).size() == 2);
    await()
        .atMost(PATIENCE)
        .until(() -> status(name).at("/jobStatus/state").asText().equals("RUNNING"));
    assertThat(ascends(starts(name))).isTrue();
    object(name).delete();
    await().atMost(PATIENCE).until(() -> object(name).get() == null);
  }

  @Test
  void refusesWhatIsInvalidAndSaysNothingOfWhatIsCreatedSuspended() throws Exception {
    apply("invalid-v1", spec -> job(spec).put("parallelism", 0));
    await()
        .atMost(PATIENCE)
        .until(() -> status("invalid-v1").path("error").asText().contains("larger than 0"));
    JsonNode status = status("invalid-v1");
    assertThat(status.path("lifecycleState").asText()).isEqualTo("FAILED");
    assertThat(status.at("/reconciliationStatus/state").asText()).isEqualTo("UPGRADING");
    assertThat(status.path("jobManagerDeploymentStatus").asText()).isEqualTo("MISSING");
    assertThat(status.has("observedGeneration")).isFalse();

    apply("later-v1", spec -> job(spec).put("state", "suspended"));
    await()
        .atMost(PATIENCE)
        .until(() -> !object("later-v1").get().getMetadata().getFinalizers().isEmpty());
    await()
        .during(Duration.ofSeconds(1))
        .atMost(PATIENCE)
        .until(() -> !status("later-v1").has("lifecycleState"));
    assertThat(events("later-v1")).isEmpty();
    object("later-v1").delete();
    object("invalid-v1").delete();
    await().atMost(PATIENCE).until(() -> object("later-v1").get() == null);
    await().atMost(PATIENCE).until(() -> object("invalid-v1").get() == null);
  }

  /** The golden FlinkDeployment, with a job of this module and folders of this machine. */
  private static void apply(String name, Consumer<Map<String, Object>> change) throws Exception {
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

  private static List<String> arguments(String name) {
    return List.of("/opt/millrace/definition/pipeline.json", starting(name).toString());
  }

  /** Not below /tmp, which is a volume of the pod. */
  private static Path starting(String name) {
    try {
      Path all = Path.of("target", "flink-starts", folder.getFileName().toString());
      return Files.createDirectories(all.toAbsolutePath().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void edit(String name, Consumer<Map<String, Object>> change) {
    object(name)
        .edit(
            deployment -> {
              change.accept(spec(deployment));
              return deployment;
            });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> spec(GenericKubernetesResource deployment) {
    return (Map<String, Object>) deployment.getAdditionalProperties().get("spec");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> job(Map<String, Object> spec) {
    return (Map<String, Object>) spec.get("job");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> options(Map<String, Object> spec) {
    return (Map<String, Object>) spec.get("flinkConfiguration");
  }

  private static void awaitLine(StatusLog log, String line) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(log.lines()).contains(line));
  }

  /** While tasks start, or before the job is there, looks may find one more state or not. */
  private static List<String> withoutPending(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.startsWith(CREATED))
        .filter(line -> !line.startsWith("DEPLOYED DEPLOYED READY RECONCILING"))
        .filter(line -> !line.startsWith("DEPLOYED DEPLOYED READY INITIALIZING"))
        .toList();
  }

  private static JsonNode status(String name) {
    return new ObjectMapper()
        .valueToTree(object(name).get().getAdditionalProperties())
        .path("status");
  }

  private static JsonNode rest(String name, String path) throws Exception {
    URI uri = URI.create(actors.flinkRestAddress() + "/" + NAMESPACE + "/" + name + path);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(response.body());
  }

  private static List<String> events(String name) {
    return cluster.client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .map(Event::getReason)
        .toList();
  }

  private static List<String> snapshots() {
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
  private static List<Long> starts(String name) throws IOException {
    try (Stream<Path> files = Files.list(starting(name))) {
      return files
          .filter(file -> file.toFile().length() > 0)
          .sorted((one, two) -> Long.compare(number(one), number(two)))
          .map(FlinkOperatorActorIT::number)
          .toList();
    }
  }

  private static boolean ascends(List<Long> numbers) {
    return numbers.get(0) == 0 && numbers.stream().distinct().count() == numbers.size();
  }

  private static boolean hasCheckpoint(String name) throws IOException {
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

  private static CustomKind kind() {
    return CustomKind.flinkDeployments(cluster.client);
  }

  private static Resource<GenericKubernetesResource> object(String name) {
    return kind().object(new ObjectKey(NAMESPACE, name));
  }
}
