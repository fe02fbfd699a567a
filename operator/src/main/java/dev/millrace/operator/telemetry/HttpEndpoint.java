package dev.millrace.operator.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Probes and metrics over HTTP: {@code /healthz}, {@code /readyz} (200 or 503) and {@code
 * /metrics}. It answers GET only and shows nothing of any resource but the documented metrics.
 */
public final class HttpEndpoint implements AutoCloseable {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PLAIN = "text/plain; charset=utf-8";

  /** A probe must be answered while a scrape is written to a slow reader. */
  private static final int THREADS = 2;

  private final HttpServer server;
  private final ExecutorService threads;

  private HttpEndpoint(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  private record Answer(int code, String contentType, String body) {}

  /**
   * Starts to answer.
   *
   * @param port 0 for any free one
   * @param alive whether the process should go on; false asks for a restart
   * @param ready whether it has started
   * @param metrics what {@code /metrics} says
   * @throws IOException if the port cannot be had
   */
  public static HttpEndpoint start(
      int port, BooleanSupplier alive, BooleanSupplier ready, Supplier<String> metrics)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              var thread = new Thread(task, "http");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    handle(server, "/healthz", () -> probe(alive));
    handle(server, "/readyz", () -> probe(ready));
    handle(server, "/metrics", () -> new Answer(200, PROMETHEUS, metrics.get()));
    server.start();
    return new HttpEndpoint(server, threads);
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static Answer probe(BooleanSupplier holds) {
    return holds.getAsBoolean() ? new Answer(200, PLAIN, "ok\n") : new Answer(503, PLAIN, "no\n");
  }

  private static void handle(HttpServer server, String path, Supplier<Answer> answer) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
              write(exchange, new Answer(404, PLAIN, "not found\n"));
            } else if (!exchange.getRequestMethod().equals("GET")) {
              write(exchange, new Answer(405, PLAIN, "GET only\n"));
            } else {
              write(exchange, answer.get());
            }
          }
        });
  }

  private static void write(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.code(), body.length);
    exchange.getResponseBody().write(body);
  }
}
