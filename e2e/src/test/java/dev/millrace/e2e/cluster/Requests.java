package dev.millrace.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/**
 * Plain requests to the API server, for tests that judge its own words: nothing between us and it
 * reads, defaults or rewrites an object.
 */
public final class Requests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json";

  private final KubernetesClient client;

  public Requests(KubernetesClient client) {
    this.client = client;
  }

  /** Reads a path. */
  public Answer get(String path) {
    return get(path, JSON_TYPE);
  }

  /** Reads a path in a form such as a table. */
  public Answer get(String path, String accept) {
    return send(request(path).header("Accept", accept).build());
  }

  /** Creates an object. */
  public Answer post(String path, JsonNode object) {
    return send(request(path).post(JSON_TYPE, object.toString()).build());
  }

  /** Replaces an object. */
  public Answer put(String path, JsonNode object) {
    return send(request(path).method("PUT", JSON_TYPE, object.toString()).build());
  }

  /** Merges into an object (RFC 7386). */
  public Answer merge(String path, String patch) {
    return send(request(path).method("PATCH", "application/merge-patch+json", patch).build());
  }

  /** Applies an object on the server's side, as {@code kubectl apply --server-side} does. */
  public Answer apply(String path, JsonNode object) {
    var query = "?fieldManager=kubectl&force=true&fieldValidation=Strict";
    return send(
        request(path + query)
            .method("PATCH", "application/apply-patch+yaml", object.toString())
            .build());
  }

  /** Deletes an object. */
  public Answer delete(String path) {
    return send(request(path).method("DELETE", JSON_TYPE, "{}").build());
  }

  private HttpRequest.Builder request(String path) {
    return client
        .getHttpClient()
        .newHttpRequestBuilder()
        .uri(URI.create(client.getMasterUrl().toString().replaceAll("/$", "") + path));
  }

  private Answer send(HttpRequest request) {
    HttpResponse<String> response = client.getHttpClient().sendAsync(request, String.class).join();
    try {
      return new Answer(response.code(), JSON.readTree(response.body()));
    } catch (IOException notJson) {
      throw new UncheckedIOException(response.body(), notJson);
    }
  }
}
