package dev.millrace.operator.telemetry;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
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
    opened(request.method(), request.uri());
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    count(request.method(), request.uri(), String.valueOf(response.code()));
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    count(request.method(), request.uri(), NO_ANSWER);
  }

  void opened(String method, URI uri) {
    var target = RequestTarget.of(method, uri);
    if (target.isWatch() && !watches.add(uri.getPath())) {
      OperatorMetrics.counter(registry, MetricName.WATCH_RESTARTS, target.resource()).increment();
    }
  }

  void count(String method, URI uri, String code) {
    var target = RequestTarget.of(method, uri);
    OperatorMetrics.counter(
            registry, MetricName.KUBE_REQUESTS, target.verb(), target.resource(), code)
        .increment();
  }
}
