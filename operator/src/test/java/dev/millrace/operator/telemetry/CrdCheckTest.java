package dev.millrace.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CrdCheckTest {
  private static final String PIPELINES = "crd=\"featurepipelines.millrace.dev\"";

  private final OperatorMetrics metrics = new OperatorMetrics("test");
  private HttpServer server;
  private KubernetesClient client;
  private CrdCheck check;

  /** What the CRD's description says, or an HTTP code to refuse with. */
  private volatile String description = "A pipeline. Schema revision 999999. Example: {}";

  private volatile int code = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/apis/apiextensions.k8s.io/v1", this::answer);
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    check = new CrdCheck(client, metrics);
  }

  @AfterEach
  void stop() {
    check.close();
    client.close();
    server.stop(0);
  }

  @Test
  void anEqualOrNewerCrdIsFine() {
    check.look();

    assertThat(outdated()).isZero();
    assertThat(missing()).isZero();
  }

  @Test
  void anOlderOneAndOneWithoutRevisionAreOutdated() {
    description = "A pipeline. Schema revision 0. Example: {}";
    check.look();
    assertThat(outdated()).isEqualTo(1);

    description = "somebody else's";
    check.look();
    assertThat(outdated()).isEqualTo(1);
    assertThat(missing()).isZero();
  }

  @Test
  void oneThatIsNotThereIsMissingAndHeals() {
    code = 404;
    check.look();
    assertThat(missing()).isEqualTo(1);

    code = 200;
    check.look();
    assertThat(missing()).isZero();
  }

  @Test
  void whatCannotBeReadChangesNothing() {
    check.look();
    code = 403;

    check.look();

    assertThat(missing()).isZero();
  }

  @Test
  void readsTheRevisionAcrossAFoldedLine() {
    assertThat(CrdCheck.revision("in Parquet. Schema\n          revision 12. Example"))
        .isEqualTo(12);
    assertThat(CrdCheck.revision(null)).isZero();
  }

  private double outdated() {
    return Scrape.of(metrics.scrape()).value("millrace_crd_outdated", PIPELINES);
  }

  private double missing() {
    return Scrape.of(metrics.scrape()).value("millrace_crd_missing", PIPELINES);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body =
        code == 200
            ? """
              {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
               "metadata": {"name": "x"},
               "spec": {"versions": [{"name": "v1alpha1",
                 "schema": {"openAPIV3Schema": {"description": "TEXT"}}}]}}
              """
                .replace("TEXT", description)
            : "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": " + code + "}";
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
