package dev.millrace.e2e.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for an API server in the proxy's own tests: notes what comes, says one ConfigMap to
 * everything, and tells a watch the lines it is given.
 */
final class ApiServerDouble implements AutoCloseable {
  static final String CONFIG_MAP =
      "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"one\"}}";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final BlockingDeque<String> events = new LinkedBlockingDeque<>();
  private final AtomicInteger newestWatch = new AtomicInteger();
  private final AtomicInteger openWatches = new AtomicInteger();

  ApiServerDouble() {
    try {
      var address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the double", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** {@code METHOD path?query token body} of everything that came, in order. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Watches whose caller is still there. */
  int openWatches() {
    return openWatches.get();
  }

  /** Tells the watch of a change; the resource version is the number. */
  void tell(String type, int version) {
    events.add(
        ("{\"type\":\"%s\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\","
                + "\"metadata\":{\"name\":\"one\",\"namespace\":\"fraud\","
                + "\"resourceVersion\":\"%d\"}}}")
            .formatted(type, version));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var token = exchange.getRequestHeaders().getFirst("Authorization");
      var query = exchange.getRequestURI().getQuery();
      boolean watching = query != null && query.contains("watch=true");
      int own = watching ? newestWatch.incrementAndGet() : 0;
      requests.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " "
              + token
              + (body.isEmpty() ? "" : " " + body));
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      if (watching) {
        watch(exchange, own);
      } else {
        var bytes = CONFIG_MAP.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private void watch(HttpExchange exchange, int own) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    openWatches.incrementAndGet();
    try {
      while (own == newestWatch.get() && !Thread.currentThread().isInterrupted()) {
        var line = events.poll(20, TimeUnit.MILLISECONDS);
        if (line != null && own != newestWatch.get()) {
          // An older watch, whose caller has gone, must not take the words from a newer one.
          events.addFirst(line);
        } else if (line != null) {
          exchange.getResponseBody().write((line + "\n").getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      openWatches.decrementAndGet();
    }
  }
}
