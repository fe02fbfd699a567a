package dev.millrace.e2e.security;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The REST of jobs of which some are hostile: they answer to all or to one of the questions with
 * something else than the quick jobs behind it would.
 */
final class HostileRest implements AutoCloseable {
  private static final int FOUND = 302;
  private static final int OK = 200;

  private final String honest;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** What is answered to a question: the last part of its path, {@code overview} for example. */
  @FunctionalInterface
  interface Answer {
    /** Answers, or returns without having done so to leave it to the honest job. */
    void to(String question, HttpExchange exchange) throws IOException;
  }

  /**
   * @param honest template of the addresses of honest jobs
   */
  HostileRest(String honest) {
    this.honest = honest;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a port for the jobs' REST", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** For {@code process.jobRest}. */
  String template() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/<namespace>/<deployment>";
  }

  void answers(String deployment, Answer answer) {
    answers.put(deployment, answer);
  }

  /** Paths that were asked for. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** Always that, whatever is asked. */
  static Answer always(String body) {
    return (question, exchange) -> send(exchange, OK, body.getBytes(StandardCharsets.UTF_8));
  }

  /** That to one question. */
  static Answer only(String asked, String body) {
    return (question, exchange) -> {
      if (question.equals(asked)) {
        send(exchange, OK, body.getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  static Answer status(int code, String body) {
    return (question, exchange) -> send(exchange, code, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends whoever asks elsewhere. */
  static Answer redirect(String path) {
    return (question, exchange) -> {
      exchange.getResponseHeaders().add("Location", path);
      send(exchange, FOUND, new byte[0]);
    };
  }

  /** Promises a body that never ends. */
  static Answer endless() {
    return (question, exchange) -> {
      exchange.sendResponseHeaders(OK, 0);
      // A reader that waits for the end of each read never waits long, and never gets there.
      var never = new CountDownLatch(1);
      try {
        do {
          exchange.getResponseBody().write(' ');
          exchange.getResponseBody().flush();
        } while (!never.await(200, TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(path);
      String[] parts = path.split("/");
      Answer hostile = parts.length < 3 ? null : answers.get(parts[2]);
      if (hostile != null) {
        hostile.to(parts[parts.length - 1], exchange);
      }
      if (exchange.getResponseCode() == -1) {
        passOn(exchange, path);
      }
    }
  }

  private void passOn(HttpExchange exchange, String path) throws IOException {
    String base = honest.replace("/<namespace>/<deployment>", "");
    try {
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(base + path)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      send(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
