package dev.millrace.e2e.proxy;

import java.util.ArrayDeque;
import java.util.List;

/**
 * What a path of the Kubernetes API names. Parts that are not there are empty: discovery and {@code
 * /version} have no resource, cluster-wide objects no namespace, lists no name.
 *
 * @param resource plural, lower case: {@code kafkatopics}
 */
public record ResourcePath(
    String group, String namespace, String resource, String name, String subresource) {

  /** Reads the path of a request, without its query. */
  public static ResourcePath of(String path) {
    var parts = new ArrayDeque<>(List.of(path.substring(1).split("/")));
    var root = next(parts);
    if (!root.equals("api") && !root.equals("apis")) {
      return new ResourcePath("", "", "", "", "");
    }
    var group = root.equals("apis") ? next(parts) : "";
    next(parts); // the version
    var namespace = "";
    // /namespaces/fraud is an object; /namespaces/fraud/pods lies in it.
    if (parts.size() > 2 && parts.peek().equals("namespaces") && !ofNamespaceItself(parts)) {
      next(parts);
      namespace = next(parts);
    }
    return new ResourcePath(group, namespace, next(parts), next(parts), String.join("/", parts));
  }

  private static boolean ofNamespaceItself(ArrayDeque<String> parts) {
    return parts.size() == 3
        && (parts.peekLast().equals("status") || parts.peekLast().equals("finalize"));
  }

  private static String next(ArrayDeque<String> parts) {
    return parts.isEmpty() ? "" : parts.poll();
  }
}
