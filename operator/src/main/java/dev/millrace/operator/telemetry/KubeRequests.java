package dev.millrace.operator.telemetry;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts requests to the API server by verb, resource and code, and watches opened anew. */
final class KubeRequests implements Interceptor {
  private static final String NO_ANSWER = "0";

  private final PrometheusMeterRegistry registry;

  /** Watches opened so far, by path: as many as there are caches. */
  private final Set<String> watches = ConcurrentHashMap.newKeySet();

  KubeRequests(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    var target = RequestTarget.of(request.method(), request.uri());
    if (target.isWatch() && !watches.add(request.uri().getPath())) {
      OperatorMetrics.counter(registry, MetricName.WATCH_RESTARTS, target.resource()).increment();
    }
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    count(request, String.valueOf(response.code()));
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    count(request, NO_ANSWER);
  }

  private void count(HttpRequest request, String code) {
    var target = RequestTarget.of(request.method(), request.uri());
    OperatorMetrics.counter(
            registry, MetricName.KUBE_REQUESTS, target.verb(), target.resource(), code)
        .increment();
  }
}
