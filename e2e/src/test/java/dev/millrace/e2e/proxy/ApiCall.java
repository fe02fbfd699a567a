package dev.millrace.e2e.proxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request as the API server understands it: who does what to what.
 *
 * @param caller the name given to the caller's token, else its user agent
 * @param query decoded parameters, the last value of each
 */
public record ApiCall(
    String caller, Verb verb, ResourcePath path, Map<String, String> query, String contentType) {

  static ApiCall of(HttpRequestHead head, String caller) {
    var query = query(head.query());
    var path = ResourcePath.of(head.path());
    boolean watching = "true".equals(query.get("watch")) || "1".equals(query.get("watch"));
    var verb = Verb.of(head.method(), !path.name().isEmpty(), watching);
    return new ApiCall(caller, verb, path, query, head.header("content-type").orElse(""));
  }

  /** Plural of the kind, for example {@code kafkatopics}. */
  public String resource() {
    return path.resource();
  }

  /** Name of the object; of a create or a list empty. */
  public String name() {
    return path.name();
  }

  /** Whether it changes the world: a dry run does not. */
  public boolean writes() {
    return verb.writes() && !query.containsKey("dryRun");
  }

  /** {@code PATCH fraud/flinkdeployments/card-fraud-v1/status}, for logs and messages. */
  @Override
  public String toString() {
    var text = new StringBuilder(verb.name()).append(' ');
    for (var part :
        new String[] {path.namespace(), path.resource(), path.name(), path.subresource()}) {
      if (!part.isEmpty()) {
        text.append(text.charAt(text.length() - 1) == ' ' ? "" : "/").append(part);
      }
    }
    return text.toString();
  }

  private static Map<String, String> query(String text) {
    var query = new LinkedHashMap<String, String>();
    for (var pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
