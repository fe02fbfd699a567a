package dev.millrace.local.actor.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The REST Services of all JobManagers behind one loopback address: {@code
 * http://127.0.0.1:<port>/<namespace>/<deployment>/<path of Flink's REST>}. It stands in for the
 * cluster's DNS and network; a JobManager that does not answer is a 503, as from a Service without
 * endpoints.
 */
final class FlinkRestProxy implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final FlinkJobs jobs;
  private final HttpServer server;
  private final ExecutorService threads;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  FlinkRestProxy(FlinkJobs jobs) throws IOException {
    this.jobs = jobs;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads =
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "flink rest proxy");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      String[] parts = uri.getRawPath().split("/", 4);
      if (parts.length < 3) {
        say(exchange, HttpURLConnection.HTTP_NOT_FOUND, "no deployment in " + uri);
        return;
      }
      var key = new ObjectKey(parts[1], parts[2]);
      Optional<FlinkJob> job = jobs.find(key);
      if (job.isEmpty()) {
        say(exchange, HttpURLConnection.HTTP_UNAVAILABLE, "no JobManager of " + key);
        return;
      }
      if (isRefusedSavepoint(exchange, key)) {
        say(exchange, HttpURLConnection.HTTP_UNAVAILABLE, "savepoints of " + key + " are refused");
        return;
      }
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      forward(exchange, job.get(), "/" + (parts.length > 3 ? parts[3] : "") + query);
    }
  }

  private boolean isRefusedSavepoint(HttpExchange exchange, ObjectKey key) {
    String path = exchange.getRequestURI().getPath();
    return exchange.getRequestMethod().equals("POST")
        && (path.endsWith("/savepoints") || path.endsWith("/stop"))
        && jobs.faults().isActive(FlinkFault.REFUSE_SAVEPOINTS, key);
  }

  private void forward(HttpExchange exchange, FlinkJob job, String path) throws IOException {
    HttpResponse<byte[]> response;
    try {
      var request =
          HttpRequest.newBuilder(URI.create(job.address() + path))
              .timeout(ANSWER)
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      if (type != null) {
        request.header("Content-Type", type);
      }
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      say(exchange, HttpURLConnection.HTTP_UNAVAILABLE, e.toString());
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      say(exchange, HttpURLConnection.HTTP_UNAVAILABLE, "the proxy ends");
      return;
    }
    response
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    send(exchange, response.statusCode(), response.body());
  }

  private static void say(HttpExchange exchange, int code, String text) throws IOException {
    send(exchange, code, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
