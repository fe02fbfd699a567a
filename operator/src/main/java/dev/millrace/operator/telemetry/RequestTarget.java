package dev.millrace.operator.telemetry;

import java.net.URI;

/**
 * What a request to the API server is about, in the words of its access rules.
 *
 * @param verb {@code get list watch create update patch delete deletecollection}
 * @param resource plural name, with the sub-resource: {@code featurepipelines/status}; {@code none}
 *     for discovery and other paths
 */
record RequestTarget(String verb, String resource) {
  private static final String NONE = "none";
  private static final String NAMESPACES = "namespaces";

  static RequestTarget of(String method, URI uri) {
    String[] parts = uri.getPath().split("/");
    int at = first(parts);
    if (at < 0 || at >= parts.length) {
      return new RequestTarget(verb(method, true, uri), NONE);
    }
    if (parts[at].equals(NAMESPACES) && parts.length > at + 2) {
      at += 2; // below a namespace
    }
    boolean named = parts.length > at + 1;
    String sub = parts.length > at + 2 ? "/" + parts[at + 2] : "";
    return new RequestTarget(verb(method, named, uri), parts[at] + sub);
  }

  boolean isWatch() {
    return verb.equals("watch");
  }

  /** Index of the resource in {@code /api/v1/…} and {@code /apis/<group>/<version>/…}. */
  private static int first(String[] parts) {
    if (parts.length < 2) {
      return -1;
    }
    return switch (parts[1]) {
      case "api" -> 3;
      case "apis" -> 4;
      default -> -1;
    };
  }

  private static String verb(String method, boolean named, URI uri) {
    return switch (method) {
      case "GET" -> {
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        boolean watch = query.contains("watch=true") || query.contains("watch=1");
        yield watch ? "watch" : named ? "get" : "list";
      }
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> named ? "delete" : "deletecollection";
      default -> "other";
    };
  }
}
