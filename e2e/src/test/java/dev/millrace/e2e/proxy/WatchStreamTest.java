package dev.millrace.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watches of the operator's own client through the proxy, event by event. */
class WatchStreamTest {
  private final ApiServerDouble server = new ApiServerDouble();
  private final FaultPlan plan = new FaultPlan();
  private final ProxyServer proxy = ProxyServer.start(Upstream.plain(server.address()), plan);
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(
              new ConfigBuilder()
                  .withAutoConfigure(false)
                  .withMasterUrl(proxy.address().toString())
                  .withOauthToken("secret")
                  .build())
          .build();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    client.close();
    proxy.close();
    server.close();
  }

  @Test
  void fallsBackFromWebSocketsToLinesOfJson() {
    try (var watch = watch()) {
      server.tell("ADDED", 1);
      server.tell("MODIFIED", 2);
      sees("ADDED 1", "MODIFIED 2");
    }
    assertThat(server.requests())
        .singleElement()
        .asString()
        .startsWith("GET /api/v1/namespaces/fraud/configmaps?allowWatchBookmarks=true")
        .endsWith("Bearer secret");
    assertThat(proxy.requests().get(0).call().verb()).isEqualTo(Verb.WATCH);
  }

  @Test
  void endsTheServersWatchWithTheCallers() {
    var watch = watch();
    await().until(() -> server.openWatches() == 1);

    watch.close();

    // The double notices at its next word that nobody listens.
    await()
        .until(
            () -> {
              server.tell("MODIFIED", 3);
              return server.openWatches() == 0;
            });
  }

  @Test
  void dropsAnEvent() {
    var rule =
        plan.onEvent(
            event -> event.resourceVersion().equals("2"), Window.ALWAYS, EventFaults.drop());
    try (var watch = watch()) {
      tellThree();
      sees("ADDED 1", "DELETED 3");
    }
    assertThat(rule.strikes()).isEqualTo(1);
  }

  @Test
  void tellsAnEventTwice() {
    plan.onEvent(event -> event.type().equals("MODIFIED"), Window.ALWAYS, EventFaults.duplicate());
    try (var watch = watch()) {
      tellThree();
      sees("ADDED 1", "MODIFIED 2", "MODIFIED 2", "DELETED 3");
    }
  }

  @Test
  void delaysAnEventAndAllBehindIt() {
    plan.onEvent(WatchEvent::changes, Window.nth(2), EventFaults.delay(Duration.ofMillis(400)));
    try (var watch = watch()) {
      long start = System.nanoTime();
      tellThree();
      sees("ADDED 1", "MODIFIED 2", "DELETED 3");
      assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(399).toNanos());
    }
  }

  @Test
  void endsAWatchAndTheClientComesBackWhereItStood() {
    plan.onEvent(WatchEvent::changes, Window.nth(2), EventFaults.end());
    try (var watch = watch()) {
      server.tell("ADDED", 1);
      server.tell("MODIFIED", 2);
      await().until(() -> server.requests().size() == 2);
      server.tell("DELETED", 3);
      sees("ADDED 1", "DELETED 3");
    }
    assertThat(server.requests().get(1)).contains("resourceVersion=1");
  }

  @Test
  void expiresAWatch() {
    plan.onEvent(WatchEvent::changes, Window.nth(2), EventFaults.expire());
    try (var watch = watch()) {
      tellThree();
      sees("ADDED 1", "closed 410");
    }
  }

  @Test
  void cutsEveryConnectionAtOnce() {
    try (var watch = watch()) {
      server.tell("ADDED", 1);
      sees("ADDED 1");
      proxy.cutAll();
      await().until(() -> server.requests().size() == 2);
    }
  }

  @Test
  void refusesAWatchAndTheClientComesBack() {
    plan.on(call -> call.verb() == Verb.WATCH, Window.nth(1), Faults.answer(403));
    try (var watch = watch()) {
      server.tell("ADDED", 1);
      sees("ADDED 1");
      assertThat(proxy.requests())
          .extracting(RecordedRequest::answeredCode)
          .containsExactly(403, 200);
    }
  }

  private void tellThree() {
    server.tell("ADDED", 1);
    server.tell("MODIFIED", 2);
    server.tell("DELETED", 3);
  }

  private void sees(String... events) {
    await().untilAsserted(() -> assertThat(seen).containsExactly(events));
  }

  private Watch watch() {
    return client
        .configMaps()
        .inNamespace("fraud")
        .watch(
            new Watcher<ConfigMap>() {
              @Override
              public void eventReceived(Action action, ConfigMap map) {
                seen.add(action + " " + map.getMetadata().getResourceVersion());
              }

              @Override
              public void onClose(WatcherException cause) {
                seen.add("closed " + (cause.isHttpGone() ? "410" : cause.getMessage()));
              }
            });
  }
}
