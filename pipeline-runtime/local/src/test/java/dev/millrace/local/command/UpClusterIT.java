package dev.millrace.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.controlplane.BinariesResult;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} with the real API server: kubectl sees, changes and outlives nothing. */
class UpClusterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern KUBECONFIG = Pattern.compile("(?m)^export KUBECONFIG=(.+)$");
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PIPELINE =
      """
      apiVersion: millrace.dev/v1alpha1
      kind: FeaturePipeline
      metadata: {name: clicks, namespace: web}
      spec:
        suspend: %s
        source:
          topic: {name: clicks, partitions: 1, replicas: 1}
          eventId: id
          eventTime: {field: at}
          schema: [{name: id, type: String}, {name: user, type: String}, {name: at, type: Timestamp}]
        entities:
        - {name: user, keys: [user], features: [{name: n, aggregation: Count, windows: [1h, 24h]}]}
        stream: {checkpointInterval: 1s}
      """;
  private static final String LABELS =
      """
      apiVersion: millrace.dev/v1alpha1
      kind: LabelWindow
      metadata: {name: bought, namespace: web}
      spec:
        pipelineRef: {name: clicks}
        label:
          name: bought
          source:
            topic: {name: orders, partitions: 1, replicas: 1}
            eventId: order
            eventTime: {field: at}
            schema:
            - {name: order, type: String}
            - {name: click, type: String}
            - {name: at, type: Timestamp}
          match: {anchor: id, label: click}
          value: "true"
          whenAbsent: "false"
        attributionWindow: 1h
        labelDelay: 3d
        extract: {schedule: "0 3 * * *"}
      """;

  @TempDir Path folder;

  @BeforeEach
  void needsAControlPlane() throws IOException {
    if (ControlPlaneBinaries.findBuilt() instanceof BinariesResult.Missing missing) {
      Assumptions.abort("NO CONTROL PLANE: " + missing.reason());
    }
    UpProcess.assumeSigintIsHeard();
  }

  @Test
  void kubectlSeesWhatRunsHereAndChangesIt() throws Exception {
    Path resources = Files.createDirectories(folder.resolve("resources"));
    Files.writeString(resources.resolve("pipeline.yaml"), PIPELINE.formatted(false));
    Files.writeString(resources.resolve("labels.yaml"), LABELS);
    try (var up = UpProcess.start(folder, "-f", resources.toString())) {
      Path kubeconfig = kubeconfig(up);
      Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
      assertThat(config.getNamespace()).as("no -n is needed").isEqualTo("web");
      try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
        assertThat(rows(client, "featurepipelines"))
            .containsOnlyKeys("clicks")
            .satisfies(
                rows ->
                    assertThat(rows.get("clicks"))
                        .containsEntry("Ready", "True")
                        .containsEntry("Status", "Running")
                        .containsEntry("Features", "2"));
        assertThat(rows(client, "labelwindows").get("bought"))
            .containsEntry("Ready", "True")
            .containsEntry("Status", "Scheduled")
            .containsEntry("Pipeline", "clicks");
        suspend(client);
      }
      leavesNothingBehind(up, kubeconfig, config);
    }
  }

  private static void suspend(KubernetesClient client) {
    client
        .load(new java.io.ByteArrayInputStream(PIPELINE.formatted(true).getBytes()))
        .fieldManager("kubectl")
        .forceConflicts()
        .serverSideApply();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(rows(client, "featurepipelines").get("clicks"))
                    .containsEntry("Ready", "True")
                    .containsEntry("Status", "Suspended"));
  }

  private static void leavesNothingBehind(UpProcess up, Path kubeconfig, Config config)
      throws Exception {
    List<ProcessHandle> children = up.descendants();
    assertThat(children)
        .as("redis-server, etcd, kube-apiserver, kube-controller-manager, operator")
        .hasSizeGreaterThanOrEqualTo(5);
    up.interrupt();
    await().atMost(PATIENCE).until(() -> !up.isAlive());
    await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(kubeconfig.getParent()).doesNotExist();
    assertThat(up.output()).doesNotContain("Exception").doesNotContain("millrace:");
    int port = URI.create(config.getMasterUrl()).getPort();
    assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
        .isInstanceOf(ConnectException.class);
  }

  private static Path kubeconfig(UpProcess up) throws IOException {
    await().atMost(PATIENCE).until(() -> up.output().contains("export KUBE") || !up.isAlive());
    var found = KUBECONFIG.matcher(up.output());
    assertThat(found.find()).as(up.output()).isTrue();
    return Path.of(found.group(1));
  }

  /** The cells of what kubectl would print, by the name of the object and of the column. */
  private static Map<String, Map<String, String>> rows(KubernetesClient client, String plural)
      throws Exception {
    var http = client.getHttpClient();
    var request =
        http.newHttpRequestBuilder()
            .uri(client.getMasterUrl() + "apis/millrace.dev/v1alpha1/namespaces/web/" + plural)
            .header("Accept", TABLE)
            .build();
    JsonNode table = JSON.readTree(http.sendAsync(request, String.class).get().body());
    var columns = new ArrayList<String>();
    table.path("columnDefinitions").forEach(column -> columns.add(column.path("name").asText()));
    var rows = new HashMap<String, Map<String, String>>();
    for (JsonNode row : table.path("rows")) {
      var cells = new HashMap<String, String>();
      for (int i = 0; i < columns.size(); i++) {
        cells.put(columns.get(i), row.path("cells").path(i).asText());
      }
      rows.put(cells.get("Name"), cells);
    }
    return rows;
  }
}
