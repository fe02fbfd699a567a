package dev.millrace.e2e.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Request line and headers.
 *
 * @param query text behind the question mark, as it came
 * @param headers by lower-case name, in order of arrival
 */
public record HttpRequestHead(
    String method, String path, String query, Map<String, List<String>> headers) {

  /** First value of a header. */
  public Optional<String> header(String name) {
    var values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? Optional.empty() : Optional.of(values.get(0));
  }

  /** Whether the client asks to talk WebSocket; an offer of HTTP/2 ({@code h2c}) is another. */
  public boolean asksForWebSocket() {
    return header("upgrade").filter("websocket"::equalsIgnoreCase).isPresent();
  }

  /** Bearer token; empty if the caller is anonymous. */
  public String token() {
    var prefix = "Bearer ";
    return header("authorization")
        .filter(value -> value.startsWith(prefix))
        .map(value -> value.substring(prefix.length()))
        .orElse("");
  }

  /** The same request with another query. */
  public HttpRequestHead withQuery(String other) {
    return new HttpRequestHead(method, path, other, headers);
  }
}
