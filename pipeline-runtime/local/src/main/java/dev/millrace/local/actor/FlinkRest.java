package dev.millrace.local.actor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The few calls of Flink's REST that a supervisor needs; one job per cluster. */
public final class FlinkRest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final String address;

  public FlinkRest(String address) {
    this.address = address;
  }

  /** The only job's overview, or null when none is known yet. */
  public JsonNode job() throws IOException {
    JsonNode first = get("/jobs/overview").path("jobs").path(0);
    return first.isMissingNode() ? null : first;
  }

  /** Whether every task of the job runs. */
  public boolean isRunning() throws IOException {
    JsonNode job = job();
    return job != null
        && job.path("state").asText().equals("RUNNING")
        && job.path("tasks").path("running").asInt() == job.path("tasks").path("total").asInt();
  }

  /** Last failure of the job: the root exception as Flink reports it; empty for none. */
  public String exceptions(String jobId) throws IOException {
    JsonNode entries = get("/jobs/" + jobId + "/exceptions").path("exceptionHistory");
    return entries.path("entries").path(0).path("stacktrace").asText("");
  }

  /** Stops the job with a savepoint and waits for it. */
  public String stopWithSavepoint(String jobId, String folder, Duration timeout)
      throws IOException, InterruptedException {
    String body =
        MAPPER.writeValueAsString(
            Map.of("targetDirectory", folder, "drain", false, "formatType", "CANONICAL"));
    String request = post("/jobs/" + jobId + "/stop", body).path("request-id").asText();
    long deadline = System.nanoTime() + timeout.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode status = get("/jobs/" + jobId + "/savepoints/" + request);
      if (status.path("status").path("id").asText().equals("COMPLETED")) {
        JsonNode cause = status.path("operation").path("failure-cause");
        if (!cause.isMissingNode()) {
          throw new SavepointFailure(cause.path("stack-trace").asText());
        }
        return status.path("operation").path("location").asText();
      }
      Thread.sleep(100);
    }
    throw new IOException("no savepoint within " + timeout);
  }

  /** Answer to any other question. */
  public JsonNode get(String path) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(address + path)).GET());
  }

  private JsonNode post(String path, String body) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<byte[]> response =
          CLIENT.send(
              request.timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw new IOException("Flink answered " + response.statusCode());
      }
      return MAPPER.readTree(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Flink was asked", e);
    }
  }
}
