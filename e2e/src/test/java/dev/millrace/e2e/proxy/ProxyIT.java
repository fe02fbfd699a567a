package dev.millrace.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.cluster.ClusterExtension;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The proxy in front of a real API server, with the operator's client behind it. */
class ProxyIT {
  @RegisterExtension static final ClusterExtension CLUSTER = new ClusterExtension();

  private final FaultPlan plan = new FaultPlan();
  private ProxyServer proxy;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    var admin = CLUSTER.controlPlane().adminConfig();
    proxy = ProxyServer.start(Upstream.of(admin), plan);
    proxy.name(admin.getOauthToken(), "administrator");
    client = client(admin.getOauthToken());
  }

  @AfterEach
  void close() {
    client.close();
    proxy.close();
  }

  @Test
  void keepsTheCallersOwnRights() {
    try (var stranger = client("nobody's token")) {
      assertThatThrownBy(() -> stranger.namespaces().list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(401));
    }
    assertThat(client.namespaces().withName(CLUSTER.namespace()).get()).isNotNull();
    assertThat(proxy.requests().get(proxy.requests().size() - 1).call().caller())
        .isEqualTo("administrator");
  }

  @Test
  void carriesServerSideApplyAndRecordsIt() {
    var written = client.resource(map("applied")).patch(apply());

    assertThat(written.getMetadata().getResourceVersion()).isNotEmpty();
    var record = proxy.requests().get(0);
    assertThat(record.call().toString())
        .isEqualTo("PATCH " + CLUSTER.namespace() + "/configmaps/applied");
    assertThat(record.call().contentType()).startsWith("application/apply-patch+yaml");
    assertThat(record.committed()).isTrue();
  }

  @Test
  void commitsWhatTheCallerIsNotToldOf() {
    plan.on(call -> call.verb() == Verb.PATCH, Window.ALWAYS, Faults.reset(Moment.AFTER_COMMIT));

    assertThatThrownBy(() -> client.resource(map("secretly")).patch(apply()))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(CLUSTER.client().resource(map("secretly")).get()).isNotNull();
  }

  @Test
  void dropsTheEventOfOneObject() {
    plan.onEvent(event -> event.name().equals("unseen"), Window.ALWAYS, EventFaults.drop());
    try (var informer = client.configMaps().inNamespace(CLUSTER.namespace()).inform()) {
      for (var name : List.of("unseen", "seen")) {
        CLUSTER.client().resource(map(name)).create();
      }
      await().until(() -> has(informer.getStore().list(), "seen"));
      assertThat(has(informer.getStore().list(), "unseen")).isFalse();
    }
  }

  @Test
  void showsAnOldList() {
    var first = CLUSTER.client().resource(map("old")).create();
    CLUSTER.client().resource(map("new")).create();
    var rule =
        plan.on(
            call -> call.verb() == Verb.LIST,
            Window.nth(1),
            Faults.staleList(first.getMetadata().getResourceVersion()));

    assertThat(has(list(), "new")).isFalse();
    assertThat(has(list(), "new")).isTrue();
    assertThat(rule.strikes()).isEqualTo(1);
  }

  private List<ConfigMap> list() {
    return client.configMaps().inNamespace(CLUSTER.namespace()).list().getItems();
  }

  private static boolean has(List<ConfigMap> maps, String name) {
    return maps.stream().anyMatch(map -> map.getMetadata().getName().equals(name));
  }

  private static ConfigMap map(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(CLUSTER.namespace())
        .withName(name)
        .endMetadata()
        .withData(Map.of("a", "1"))
        .build();
  }

  private static PatchContext apply() {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager("test")
        .withForce(true)
        .build();
  }

  private KubernetesClient client(String token) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl(proxy.address().toString())
                .withOauthToken(token)
                .withRequestRetryBackoffLimit(0)
                .build())
        .build();
  }
}
