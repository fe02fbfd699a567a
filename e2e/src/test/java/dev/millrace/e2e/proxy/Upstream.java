package dev.millrace.e2e.proxy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The real API server behind the proxy. Callers keep their own credentials. */
public final class Upstream {
  /** Those that concern one connection only, and those that the JDK's client sets itself. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "expect",
          "keep-alive",
          "te",
          "trailer",
          // Events are read as lines of JSON, so nothing may be compressed.
          "accept-encoding");

  private final URI server;
  private final HttpClient client;

  private Upstream(URI server, HttpClient client) {
    this.server = server;
    this.client = client;
  }

  /** A server without TLS: the double in the proxy's own tests. */
  public static Upstream plain(URI server) {
    return new Upstream(server, builder().build());
  }

  /** The server of a client configuration, trusted as that configuration trusts it. */
  public static Upstream of(Config config) {
    try {
      var tls = SSLUtils.sslContext(config);
      return new Upstream(URI.create(config.getMasterUrl()), builder().sslContext(tls).build());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot trust " + config.getMasterUrl(), e);
    }
  }

  /** Sends a request and returns as soon as the headers of the answer are there. */
  HttpResponse<InputStream> send(HttpRequestHead head, byte[] body) throws IOException {
    var target = head.query().isEmpty() ? head.path() : head.path() + "?" + head.query();
    var request =
        HttpRequest.newBuilder(server.resolve(target))
            .method(
                head.method(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    head.headers()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("the proxy was closed");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /** End-to-end headers of an answer. */
  static Map<String, String> headers(HttpResponse<?> response) {
    var headers = new LinkedHashMap<String, String>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, String.join(", ", values));
              }
            });
    return headers;
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
  }
}
