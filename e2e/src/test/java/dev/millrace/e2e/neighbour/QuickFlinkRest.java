package dev.millrace.e2e.neighbour;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.contract.Accounting;
import dev.millrace.contract.JobReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The REST of the quick jobs, below {@code /<namespace>/<deployment>}: one completed checkpoint, no
 * failure, and a report. A job of a higher version than the served one takes over once it has
 * replayed for a while; from then on the served version never goes back.
 */
final class QuickFlinkRest implements AutoCloseable {
  private static final long REPLAY_MILLIS = 1_500;
  private static final long SLIDE_MILLIS = 30_000;

  private final QuickFlink flink;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Integer> served = new ConcurrentHashMap<>();
  private final Set<String> held = ConcurrentHashMap.newKeySet();

  QuickFlinkRest(QuickFlink flink) {
    this.flink = flink;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a port for the jobs' REST", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Lets the jobs of a namespace replay for ever, or take over once they have replayed. */
  void hold(String namespace, boolean is) {
    if (is) {
      held.add(namespace);
    } else {
      held.remove(namespace);
    }
  }

  /** For {@code process.jobRest}. */
  String template() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/<namespace>/<deployment>";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var parts = exchange.getRequestURI().getPath().split("/");
      var job = parts.length < 5 ? null : flink.job(parts[1], parts[2]);
      var body = job == null ? "" : body(job, parts[1], parts[parts.length - 1]);
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      if (bytes.length == 0) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private String body(QuickJob job, String namespace, String what) {
    return switch (what) {
      case "overview" ->
          "{\"jobs\":[{\"jid\":\"%s\",\"state\":\"RUNNING\",\"start-time\":%d}]}"
              .formatted(job.id(), job.startedMillis());
      case "checkpoints" ->
          "{\"counts\":{\"completed\":1},\"latest\":{\"completed\":{\"latest_ack_timestamp\":%d}}}"
              .formatted(System.currentTimeMillis());
      case "exceptions" -> "{\"exceptionHistory\":{\"entries\":[]}}";
      case "accumulators" -> accumulators(report(job, !held.contains(namespace)).json());
      default -> "";
    };
  }

  private static String accumulators(String report) {
    return "{\"user-task-accumulators\":[{\"name\":\"%s\",\"value\":\"%s\"}]}"
        .formatted(JobReport.ACCUMULATOR, report.replace("\"", "\\\""));
  }

  private JobReport report(QuickJob job, boolean mayTakeOver) {
    long age = System.currentTimeMillis() - job.startedMillis();
    int now =
        served.merge(
            job.owner(),
            job.version(),
            (before, own) -> own > before && mayTakeOver && age > REPLAY_MILLIS ? own : before);
    long grid = System.currentTimeMillis() / SLIDE_MILLIS * SLIDE_MILLIS - SLIDE_MILLIS;
    long clock = now == job.version() ? grid : grid - SLIDE_MILLIS;
    return JobReport.of(job.version())
        .withClock(clock, grid - 3_600_000, now, grid)
        .withCheckpoint(1, new Accounting(4, 4, 0, 0, 0, 0, 4, 4), false);
  }
}
