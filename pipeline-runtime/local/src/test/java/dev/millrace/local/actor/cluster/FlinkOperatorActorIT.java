package dev.millrace.local.actor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real job under the Flink operator's actor: the timelines of neighbours.md §2.7 and §2.9. */
class FlinkOperatorActorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String NAMESPACE = FlinkWorld.NAMESPACE;
  private static final String STARTING = "DEPLOYED DEPLOYED DEPLOYING RECONCILING ";
  private static final String OPEN = "DEPLOYED DEPLOYED DEPLOYED_NOT_READY RECONCILING ";
  private static final String CREATED = "DEPLOYED DEPLOYED READY CREATED ";
  private static final String RUNNING = "STABLE DEPLOYED READY RUNNING ";
  @TempDir static Path folder;
  private static FlinkWorld world;

  @BeforeAll
  static void start() throws Exception {
    world = new FlinkWorld(folder);
  }

  @AfterAll
  static void stop() {
    if (world != null) {
      world.close();
    }
  }

  @Test
  void goesThroughALifeWithoutLosingItsPlace() throws Exception {
    String name = "card-fraud-v1";
    world.apply(name, deployment -> {});
    try (var log = new StatusLog(world.kind(), new ObjectKey(NAMESPACE, name))) {
      awaitLine(log, RUNNING + 1);
      assertThat(withoutPending(log.take()))
          .startsWith("UPGRADING UPGRADING MISSING - 1", STARTING + 1, OPEN + 1)
          .endsWith(RUNNING + 1);
      JsonNode first = world.status(name);
      assertThat(first.path("jobStatus").path("jobId").asText()).hasSize(32);
      assertThat(
              world
                  .rest(name, "/jobs/" + first.at("/jobStatus/jobId").asText())
                  .path("state")
                  .asText())
          .isEqualTo("RUNNING");

      world.edit(name, spec -> FlinkWorld.job(spec).put("parallelism", 2));
      awaitLine(log, RUNNING + 2);
      assertThat(withoutPending(log.take()))
          .startsWith(
              "UPGRADING UPGRADING READY FINISHED 2",
              "UPGRADING UPGRADING MISSING FINISHED 2",
              STARTING + 2,
              OPEN + 2)
          .endsWith(RUNNING + 2);
      JsonNode second = world.status(name);
      String savepoint = second.at("/jobStatus/upgradeSavepointPath").asText();
      assertThat(savepoint).contains("savepoint");
      assertThat(second.at("/jobStatus/jobId")).isNotEqualTo(first.at("/jobStatus/jobId"));
      assertThat(second.at("/taskManager/replicas").asInt()).isEqualTo(1);
      assertThat(world.starts(name)).hasSize(2).anyMatch(number -> number > 0);

      world.edit(name, spec -> FlinkWorld.job(spec).put("state", "suspended"));
      awaitLine(log, "SUSPENDED DEPLOYED MISSING FINISHED 3");
      assertThat(log.take())
          .containsExactly(
              "SUSPENDED DEPLOYED READY FINISHED 3", "SUSPENDED DEPLOYED MISSING FINISHED 3");
      assertThat(world.status(name).at("/jobStatus/upgradeSavepointPath").asText())
          .isNotEqualTo(savepoint);

      world.edit(name, spec -> FlinkWorld.job(spec).put("state", "running"));
      awaitLine(log, RUNNING + 4);
      assertThat(withoutPending(log.take()))
          .startsWith("UPGRADING UPGRADING MISSING FINISHED 4", STARTING + 4, OPEN + 4);
      assertThat(world.starts(name)).hasSize(3);
      assertThat(FlinkWorld.ascends(world.starts(name))).isTrue();

      world.object(name).delete();
      awaitLine(log, "deleted");
      assertThat(world.snapshots()).anyMatch(snapshot -> snapshot.contains(name));
      assertThat(world.events(name))
          .contains("Submit", "SpecChanged", "Suspended", "JobStatusChanged", "Cleanup");
    }
  }

  @Test
  void keepsTheOldJobWhenASavepointIsRefusedAndSaysWhy() throws Exception {
    String name = "refuses-v1";
    world.apply(name, deployment -> {});
    try (var log = new StatusLog(world.kind(), new ObjectKey(NAMESPACE, name))) {
      awaitLine(log, RUNNING + 1);
      world.actors().flinkFaults().inject(FlinkFault.REFUSE_SAVEPOINTS, NAMESPACE, name);
      world.edit(name, spec -> FlinkWorld.job(spec).put("parallelism", 2));
      await()
          .atMost(PATIENCE)
          .until(() -> world.status(name).path("error").asText().contains("Save"));
      JsonNode error = new ObjectMapper().readTree(world.status(name).path("error").asText());
      assertThat(error.path("type").asText())
          .isEqualTo("org.apache.flink.kubernetes.operator.exception.UpgradeFailureException");
      assertThat(error.path("message").asText()).isEqualTo("Savepoint Error");
      assertThat(error.at("/throwableList/0/type").asText()).endsWith("CheckpointException");
      assertThat(world.status(name).path("observedGeneration").asInt()).isEqualTo(1);
      assertThat(world.status(name).path("lifecycleState").asText()).isEqualTo("STABLE");

      world.object(name).delete();
      await()
          .during(Duration.ofSeconds(3))
          .atMost(PATIENCE)
          .until(() -> world.object(name).get() != null);
      world.edit(
          name,
          spec ->
              FlinkWorld.options(spec)
                  .put("kubernetes.operator.job.savepoint-on-deletion", "false"));
      awaitLine(log, "deleted");
    } finally {
      world.actors().flinkFaults().heal(FlinkFault.REFUSE_SAVEPOINTS);
    }
  }

  @Test
  void showsAJobThatFailsForGoodAndOneThatDies() throws Exception {
    String name = "fails-v1";
    world.apply(
        name,
        spec ->
            FlinkWorld.job(spec)
                .put("args", List.of("/nowhere", world.starting(name).toUri().toString())));
    await()
        .atMost(PATIENCE)
        .until(() -> world.status(name).path("lifecycleState").asText().equals("FAILED"));
    assertThat(world.status(name).path("jobManagerDeploymentStatus").asText()).isEqualTo("READY");
    assertThat(world.status(name).at("/jobStatus/state").asText()).isEqualTo("FAILED");
    assertThat(world.status(name).path("error").asText()).contains("NoSuchFileException");
    String id = world.status(name).at("/jobStatus/jobId").asText();
    assertThat(world.rest(name, "/jobs/" + id + "/exceptions").toString())
        .contains("NoSuchFileException");

    world.edit(name, spec -> FlinkWorld.job(spec).put("args", world.arguments(name)));
    await()
        .atMost(PATIENCE)
        .until(() -> world.status(name).path("lifecycleState").asText().equals("STABLE"));
    await().atMost(PATIENCE).until(() -> world.hasCheckpoint(name));
    world.actors().killJobManager(NAMESPACE, name);
    await().atMost(PATIENCE).until(() -> world.starts(name).size() == 2);
    await()
        .atMost(PATIENCE)
        .until(() -> world.status(name).at("/jobStatus/state").asText().equals("RUNNING"));
    assertThat(FlinkWorld.ascends(world.starts(name))).isTrue();
    world.object(name).delete();
    await().atMost(PATIENCE).until(() -> world.object(name).get() == null);
  }

  @Test
  void refusesWhatIsInvalidAndSaysNothingOfWhatIsCreatedSuspended() throws Exception {
    world.apply("invalid-v1", spec -> FlinkWorld.job(spec).put("parallelism", 0));
    await()
        .atMost(PATIENCE)
        .until(() -> world.status("invalid-v1").path("error").asText().contains("larger than 0"));
    JsonNode status = world.status("invalid-v1");
    assertThat(status.path("lifecycleState").asText()).isEqualTo("FAILED");
    assertThat(status.at("/reconciliationStatus/state").asText()).isEqualTo("UPGRADING");
    assertThat(status.path("jobManagerDeploymentStatus").asText()).isEqualTo("MISSING");
    assertThat(status.has("observedGeneration")).isFalse();

    world.apply("later-v1", spec -> FlinkWorld.job(spec).put("state", "suspended"));
    await()
        .atMost(PATIENCE)
        .until(() -> !world.object("later-v1").get().getMetadata().getFinalizers().isEmpty());
    await()
        .during(Duration.ofSeconds(1))
        .atMost(PATIENCE)
        .until(() -> !world.status("later-v1").has("lifecycleState"));
    assertThat(world.events("later-v1")).isEmpty();
    world.object("later-v1").delete();
    world.object("invalid-v1").delete();
    await().atMost(PATIENCE).until(() -> world.object("later-v1").get() == null);
    await().atMost(PATIENCE).until(() -> world.object("invalid-v1").get() == null);
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
}
