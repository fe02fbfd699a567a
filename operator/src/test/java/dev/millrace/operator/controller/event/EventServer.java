package dev.millrace.operator.controller.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** As much of an API server as Events need: create, merge patch, and the answers 404 and 409. */
final class EventServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;

  /** Events by name. */
  final Map<String, ObjectNode> events = new TreeMap<>();

  /** Methods asked for, in order. */
  final List<String> methods = new ArrayList<>();

  /** Answers every request with this code if it is not 0. */
  volatile int refuseWith;

  EventServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      methods.add(exchange.getRequestMethod());
      var body = (ObjectNode) MAPPER.readTree(exchange.getRequestBody());
      if (refuseWith != 0) {
        write(exchange, refuseWith, status(refuseWith));
      } else if (exchange.getRequestMethod().equals("POST")) {
        String name = body.at("/metadata/name").textValue();
        boolean taken = events.putIfAbsent(name, body) != null;
        write(exchange, taken ? 409 : 201, taken ? status(409) : body);
      } else {
        String path = exchange.getRequestURI().getPath();
        ObjectNode known = events.get(path.substring(path.lastIndexOf('/') + 1));
        if (known != null) {
          known.setAll(body);
        }
        write(exchange, known == null ? 404 : 200, known == null ? status(404) : known);
      }
    }
  }

  private static ObjectNode status(int code) {
    return MAPPER
        .createObjectNode()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Failure")
        .put("code", code);
  }

  private static void write(HttpExchange exchange, int code, ObjectNode answer) throws IOException {
    byte[] body = MAPPER.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }
}
