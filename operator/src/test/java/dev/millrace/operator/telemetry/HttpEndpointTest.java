package dev.millrace.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
  private final AtomicBoolean alive = new AtomicBoolean(true);
  private final AtomicBoolean ready = new AtomicBoolean();

  @Test
  void probesFollowWhatTheyAreTold() throws Exception {
    try (var endpoint = start()) {
      assertThat(get(endpoint, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(endpoint, "/readyz").statusCode()).isEqualTo(503);

      ready.set(true);
      alive.set(false);

      assertThat(get(endpoint, "/healthz").statusCode()).isEqualTo(503);
      assertThat(get(endpoint, "/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void metricsComeInPrometheusTextFormat() throws Exception {
    try (var endpoint = start()) {
      HttpResponse<String> answer = get(endpoint, "/metrics");

      assertThat(answer.body()).contains("millrace_build_info{version=\"1.2.3\"} 1\n");
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    }
  }

  @Test
  void nothingElseIsServed() throws Exception {
    try (var endpoint = start()) {
      assertThat(get(endpoint, "/").statusCode()).isEqualTo(404);
      assertThat(get(endpoint, "/metrics/../etc").statusCode()).isEqualTo(404);
      assertThat(get(endpoint, "/healthzz").statusCode()).isEqualTo(404);
      HttpRequest post =
          HttpRequest.newBuilder(uri(endpoint, "/metrics"))
              .POST(BodyPublishers.ofString("x"))
              .build();
      assertThat(HttpClient.newHttpClient().send(post, BodyHandlers.ofString()).statusCode())
          .isEqualTo(405);
    }
  }

  private HttpEndpoint start() throws IOException {
    return HttpEndpoint.start(0, alive::get, ready::get, new OperatorMetrics("1.2.3")::scrape);
  }

  private static HttpResponse<String> get(HttpEndpoint endpoint, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri(endpoint, path)).build(), BodyHandlers.ofString());
  }

  private static URI uri(HttpEndpoint endpoint, String path) {
    return URI.create("http://127.0.0.1:" + endpoint.port() + path);
  }
}
