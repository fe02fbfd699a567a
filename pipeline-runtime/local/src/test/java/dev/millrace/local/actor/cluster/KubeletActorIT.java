package dev.millrace.local.actor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.contract.CleanUpReport;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that real controllers make, run as processes. */
class KubeletActorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String SPARK = "millrace/spark-job:0.1.0";
  @TempDir static Path folder;
  private static TestCluster cluster;
  private static ClusterActors actors;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(folder.resolve("controlplane"));
    actors =
        ClusterActors.start(
            cluster.client,
            folder.resolve("actors"),
            "127.0.0.1:9",
            ActorSettings.small(
                "main",
                Map.of(
                    redisImage(),
                    ActorSettings.Program.REDIS,
                    SPARK,
                    ActorSettings.Program.SPARK)));
    cluster.namespace("web");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                cluster.client.serviceAccounts().inNamespace("web").withName("default").get()
                    != null);
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
  void runsAManagedRedisWithItsAccessListAndKeepsItsDataWhenThePodIsReplaced() throws Exception {
    for (String object : List.of("Secret", "Service", "StatefulSet")) {
      apply("managed-redis/out-" + object + "-sessions-redis");
    }
    awaitReady("sessions-redis-0");
    int port = actors.loopbackPort("web", "sessions-redis", 6379);
    assertThat(RedisWords.ask(port, "AUTH wrong")).startsWith("-WRONGPASS");
    assertThat(RedisWords.ask(port, "AUTH correct-horse", "HSET mr:{web/x} field 7"))
        .isEqualTo("+OK :1");
    assertThat(RedisWords.ask(port, "AUTH correct-horse", "KEYS *")).startsWith("+OK -NOPERM");
    String address = pod("sessions-redis-0").getStatus().getPodIP();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(cluster.client.discovery().v1().endpointSlices().inNamespace("web"))
                    .extracting(slices -> slices.list().getItems().toString())
                    .asString()
                    .contains(address));

    String uid = pod("sessions-redis-0").getMetadata().getUid();
    cluster.client.pods().inNamespace("web").withName("sessions-redis-0").delete();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Pod next = pod("sessions-redis-0");
              return next != null && !next.getMetadata().getUid().equals(uid);
            });
    awaitReady("sessions-redis-0");
    assertThat(RedisWords.ask(port, "AUTH correct-horse", "HGET mr:{web/x} field"))
        .isEqualTo("+OK $1 7");
  }

  @Test
  void runsTheJobOfACronJobOnceItsDocumentIsThereAndKeepsItsLastWords() throws Exception {
    cluster.apply(CleanUpObjects.cronJob(SPARK));
    await().atMost(PATIENCE).until(() -> waiting().equals("ContainerCreating"));
    cluster
        .client
        .resource(CleanUpObjects.document(folder.resolve("lake").toUri().toString()))
        .create();
    await().atMost(PATIENCE).until(() -> !conditions().isEmpty());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(conditions()).contains("Complete"));
    ContainerStateTerminated end =
        jobPod().getStatus().getContainerStatuses().get(0).getState().getTerminated();
    assertThat(end.getExitCode()).isZero();
    assertThat(end.getReason()).isEqualTo("Completed");
    CleanUpReport report = CleanUpReport.parse(end.getMessage()).orElseThrow();
    assertThat(report.reason()).isNull();
    assertThat(actors.log("web", jobPod().getMetadata().getName())).isNotEmptyFile();
  }

  @Test
  void leavesPodsAloneThatItDoesNotKnow() {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: stranger, namespace: web}
        spec: {containers: [{name: main, image: "somebody/else:1"}]}
        """);
    await()
        .during(Duration.ofSeconds(2))
        .atMost(PATIENCE)
        .until(
            () -> {
              Pod pod = pod("stranger");
              return pod.getStatus().getPhase().equals("Pending")
                  && pod.getSpec().getNodeName() == null;
            });
  }

  private static String redisImage() throws IOException {
    String text = TestCluster.golden("managed-redis/out-StatefulSet-sessions-redis");
    return text.replaceAll("(?s).*image: \"([^\"]+)\".*", "$1");
  }

  private static void apply(String file) throws IOException {
    GenericKubernetesResource object = TestCluster.object(TestCluster.golden(file));
    object.getMetadata().setOwnerReferences(List.of());
    cluster.client.resource(object).create();
  }

  private static void awaitReady(String name) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Pod pod = pod(name);
              return pod != null
                  && pod.getStatus().getConditions().stream()
                      .filter(condition -> condition.getStatus().equals("True"))
                      .map(PodCondition::getType)
                      .anyMatch("Ready"::equals);
            });
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Integer.valueOf(1)
                    .equals(
                        cluster
                            .client
                            .apps()
                            .statefulSets()
                            .inNamespace("web")
                            .withName("sessions-redis")
                            .get()
                            .getStatus()
                            .getReadyReplicas()));
  }

  private static Pod pod(String name) {
    return cluster.client.pods().inNamespace("web").withName(name).get();
  }

  private static Pod jobPod() {
    return cluster.client.pods().inNamespace("web").list().getItems().stream()
        .filter(pod -> pod.getMetadata().getName().startsWith("clean-"))
        .findFirst()
        .orElse(null);
  }

  private static String waiting() {
    Pod pod = jobPod();
    return pod == null || pod.getStatus().getContainerStatuses().isEmpty()
        ? ""
        : pod.getStatus().getContainerStatuses().get(0).getState().getWaiting().getReason();
  }

  private static List<String> conditions() {
    return cluster.client.batch().v1().jobs().inNamespace("web").list().getItems().stream()
        .flatMap(job -> job.getStatus().getConditions().stream())
        .map(JobCondition::getType)
        .toList();
  }
}
