package dev.millrace.flink.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.KnownFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Optional;

/** Looks at a job as the operator does: over Flink's REST. */
final class JobRest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String job;

  JobRest(URI rest, String jobId) {
    job = rest.toString().replaceAll("/$", "") + "/jobs/" + jobId;
  }

  /** The job's report, once an operator has shown its part. */
  Optional<JobReport> report() throws Exception {
    var values = new HashMap<String, String>();
    for (JsonNode each : get("/accumulators").path("user-task-accumulators")) {
      values.put(each.path("name").asText(), each.path("value").asText());
    }
    return JobReport.of(values);
  }

  /** The newest failure in the job's history, if it is one of ours. */
  Optional<KnownFailure> failure() throws Exception {
    String newest = null;
    long at = Long.MIN_VALUE;
    for (JsonNode each : get("/exceptions").path("exceptionHistory").path("entries")) {
      if (each.path("timestamp").asLong() > at) {
        at = each.path("timestamp").asLong();
        newest = each.path("stacktrace").asText();
      }
    }
    return KnownFailure.find(newest);
  }

  private JsonNode get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(job + path)).build();
    return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
  }
}
