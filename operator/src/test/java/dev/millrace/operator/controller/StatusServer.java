package dev.millrace.operator.controller;

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

/**
 * As much of an API server as one resource's status needs: it is read, and its status is applied on
 * top of a version, if one is named.
 */
final class StatusServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;

  /** The stored resource. */
  final ObjectNode stored;

  /** Methods asked for, in order. */
  final List<String> methods = new ArrayList<>();

  /** Somebody else is faster than each of the next writes. */
  private final List<Runnable> faster = new ArrayList<>();

  StatusServer(ObjectNode stored) throws IOException {
    this.stored = stored;
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

  /** What happens between the arrival of the next write and its execution. */
  void beforeNextWrite(Runnable action) {
    faster.add(action);
  }

  /** Another hand changes the resource. */
  void edit() {
    var metadata = (ObjectNode) stored.get("metadata");
    metadata.put("resourceVersion", String.valueOf(version() + 1));
  }

  /** Another hand deletes it; finalizers keep it. */
  void delete() {
    var metadata = (ObjectNode) stored.get("metadata");
    metadata.put("deletionTimestamp", "2026-11-24T12:00:00Z");
    metadata.put("generation", metadata.get("generation").asLong() + 1);
    edit();
  }

  long observedGeneration() {
    return stored.at("/status/observedGeneration").asLong();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private long version() {
    return stored.at("/metadata/resourceVersion").asLong();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      methods.add(exchange.getRequestMethod());
      if (exchange.getRequestMethod().equals("GET")) {
        write(exchange, 200, stored);
        return;
      }
      if (!faster.isEmpty()) {
        faster.remove(0).run();
      }
      var body = MAPPER.readTree(exchange.getRequestBody());
      var expected = body.at("/metadata/resourceVersion");
      if (!expected.isMissingNode() && expected.asLong() != version()) {
        write(exchange, 409, MAPPER.createObjectNode().put("kind", "Status").put("code", 409));
        return;
      }
      stored.set("status", body.get("status"));
      edit();
      write(exchange, 200, stored);
    }
  }

  private static void write(HttpExchange exchange, int code, ObjectNode answer) throws IOException {
    byte[] body = MAPPER.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }
}
