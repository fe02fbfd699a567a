package dev.millrace.operator.controller;

import dev.millrace.operator.observe.FlinkRestAnswers;
import dev.millrace.operator.observe.JobFigures;
import dev.millrace.operator.observe.JobObservation;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads the REST of jobs, each at most once per interval, with bounds on time and size: what
 * answers is a tenant's pod (reliability.md §3.4). The address comes from names, never from a
 * status. A job that does not answer is never a reason to act.
 */
final class JobReader {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final OperatorRuntime runtime;
  private final HttpClient http;
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();

  JobReader(OperatorRuntime runtime) {
    this.runtime = runtime;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** What the last reads of one job gave; figures of another run of the job do not count. */
  private record Reading(Instant at, String jobId, Optional<JobFigures> figures, int missed) {}

  /**
   * Completes an observation with what the job's REST says.
   *
   * @param interval the REST is asked again only after that time
   */
  JobObservation read(String namespace, JobObservation job, Duration interval) {
    String key = namespace + "/" + job.name();
    if (job.view().isEmpty() || job.view().get().terminal() || job.view().get().suspended()) {
      readings.remove(key);
      return job;
    }
    String runId = job.view().get().jobId();
    Instant now = runtime.clock().instant();
    Reading last = readings.get(key);
    boolean sameRun = last != null && last.jobId().equals(runId);
    if (!sameRun || !now.isBefore(last.at().plus(interval))) {
      last = next(namespace, job.name(), runId, sameRun ? last : null, now);
      readings.put(key, last);
    }
    JobObservation known = last.figures().map(job::with).orElse(job);
    return last.missed() == 0 ? known : known.missed(last.missed());
  }

  /** Forgets a job that is gone. */
  void forget(String namespace, String deployment) {
    readings.remove(namespace + "/" + deployment);
  }

  private Reading next(
      String namespace, String deployment, String runId, Reading before, Instant now) {
    Optional<JobFigures> figures = figures(namespace, deployment, now);
    if (figures.isPresent()) {
      return new Reading(now, runId, figures, 0);
    }
    return new Reading(
        now,
        runId,
        before == null ? Optional.empty() : before.figures(),
        before == null ? 1 : before.missed() + 1);
  }

  private Optional<JobFigures> figures(String namespace, String deployment, Instant now) {
    String base = runtime.config().process().jobRest(namespace, deployment);
    try {
      Optional<String> id = FlinkRestAnswers.jobId(get(base + "/jobs/overview"));
      if (id.isEmpty()) {
        return Optional.empty();
      }
      String job = base + "/jobs/" + id.get();
      return FlinkRestAnswers.figures(
          id.get(),
          get(job + "/checkpoints"),
          get(job + "/exceptions"),
          get(job + "/accumulators"),
          now);
    } catch (IOException e) {
      return Optional.empty(); // counted by the caller as a missed read, shown after three
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The time counts to the end of the body: one that stalls must not hold up a reconcile. */
  private byte[] get(String address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new BoundedBody(FlinkRestAnswers.BODY_LIMIT));
    try {
      HttpResponse<byte[]> response = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("status " + response.statusCode());
      }
      return response.body();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no whole answer within " + PATIENCE, e);
    }
  }
}
