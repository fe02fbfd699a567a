package dev.millrace.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real control plane: what tests and {@code millrace up} rely on. */
class ControlPlaneIT {
  /** After an outage the controllers come back when they choose to, not at once. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static ControlPlane plane;
  private static KubernetesClient admin;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    BinariesResult result = ControlPlaneBinaries.findBuilt();
    if (result instanceof BinariesResult.Missing missing) {
      Assumptions.abort("NO CONTROL PLANE: " + missing.reason());
    }
    var binaries = ((BinariesResult.Found) result).binaries();
    plane =
        ControlPlane.start(folder, ControlPlaneOptions.of(binaries).withUser("guest", "guests"));
    admin = client(plane.adminConfig());
  }

  @AfterAll
  static void stop() {
    if (plane != null) {
      admin.close();
      plane.stop();
    }
  }

  @Test
  void givesTokensToServiceAccounts() {
    namespace("tokens");
    admin.resource(serviceAccount("tokens", "worker")).create();

    try (var worker = client(plane.configFor(plane.tokenFor("tokens", "worker")))) {
      assertThatThrownBy(() -> worker.configMaps().inNamespace("tokens").list())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("system:serviceaccount:tokens:worker")
          .hasMessageContaining("forbidden");
    }
  }

  @Test
  void writesDownWhoAskedForWhat() {
    namespace("audited");
    long mark = plane.audit().mark();

    admin.resource(configMap("audited", "noted")).create();
    try (var guest = client(plane.configFor(plane.tokenOf("guest")))) {
      assertThatThrownBy(() -> guest.secrets().inNamespace("audited").list())
          .isInstanceOf(KubernetesClientException.class);
    }

    assertThat(plane.audit().since(mark))
        .anySatisfy(
            entry -> {
              assertThat(entry.user()).isEqualTo("administrator");
              assertThat(entry.verb()).isEqualTo("create");
              assertThat(entry.resource()).isEqualTo("configmaps");
              assertThat(entry.namespace()).isEqualTo("audited");
              assertThat(entry.code()).isEqualTo(201);
              assertThat(entry.isWrite()).isTrue();
            })
        .anySatisfy(
            entry -> {
              assertThat(entry.user()).isEqualTo("guest");
              assertThat(entry.resource()).isEqualTo("secrets");
              assertThat(entry.code()).isEqualTo(403);
              assertThat(entry.isWrite()).isFalse();
            });
  }

  @Test
  void keepsObjectsAndAddressOverAnOutage() throws IOException {
    namespace("outage");
    admin.resource(configMap("outage", "kept")).create();

    plane.stopApiServer();
    assertThatThrownBy(() -> admin.configMaps().inNamespace("outage").withName("kept").get())
        .isInstanceOf(KubernetesClientException.class);
    plane.startApiServer();

    assertThat(admin.configMaps().inNamespace("outage").withName("kept").get()).isNotNull();
  }

  @Test
  void refusesPodsThatARestrictedNamespaceForbids() {
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("restricted")
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    await().atMost(PATIENCE).until(() -> hasServiceAccount("restricted"));

    assertThatThrownBy(() -> admin.resource(rootPod("restricted")).create())
        .hasMessageContaining("violates PodSecurity \"restricted");
  }

  @Test
  void removesWhatADeletedNamespaceHeld() {
    namespace("deleted");
    admin.resource(configMap("deleted", "gone")).create();

    admin.namespaces().withName("deleted").delete();

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> admin.namespaces().withName("deleted").get() == null);
  }

  private static void namespace(String name) {
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    await().atMost(PATIENCE).until(() -> hasServiceAccount(name));
  }

  private static boolean hasServiceAccount(String namespace) {
    return admin.serviceAccounts().inNamespace(namespace).withName("default").get() != null;
  }

  private static ServiceAccount serviceAccount(String namespace, String name) {
    return new ServiceAccountBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }

  private static ConfigMap configMap(String namespace, String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }

  private static Pod rootPod(String namespace) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("root")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("root")
        .withImage("root")
        .endContainer()
        .endSpec()
        .build();
  }

  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
