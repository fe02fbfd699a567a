package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.crds.admission.Refusal.Cause;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What every Kubernetes object must have: a name and a namespace that are names, and annotations of
 * bounded size. Without an API server nothing else keeps {@code ../} out of computed paths.
 */
final class MetadataCheck {
  private static final int ANNOTATION_BYTES = 256 * 1024;
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_NAMESPACE = 63;

  private final Refusals refusals;

  MetadataCheck(Refusals refusals) {
    this.refusals = refusals;
  }

  void check(JsonNode metadata) {
    String name = metadata.path("name").asText();
    if (name.isEmpty()) {
      refusals.add("metadata.name", Cause.REQUIRED, "name or generateName is required");
    } else if (name.length() > LONGEST_NAME || !Pattern.matches(SUBDOMAIN, name)) {
      refusals.add("metadata.name", Cause.INVALID, Quoting.quote(name) + ": " + subdomain());
    }
    String namespace = metadata.path("namespace").asText();
    if (!namespace.isEmpty()
        && (namespace.length() > LONGEST_NAMESPACE || !Pattern.matches(LABEL, namespace))) {
      refusals.add("metadata.namespace", Cause.INVALID, Quoting.quote(namespace) + ": " + label());
    }
    if (annotationBytes(metadata.path("annotations")) > ANNOTATION_BYTES) {
      refusals.add(
          "metadata.annotations",
          Cause.TOO_LONG,
          "may not be more than " + ANNOTATION_BYTES + " bytes");
    }
  }

  private static String subdomain() {
    return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
        + " or '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
        + " regex used for validation is '"
        + SUBDOMAIN
        + "')";
  }

  private static String label() {
    return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
        + " and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
        + " regex used for validation is '"
        + LABEL
        + "')";
  }

  private static long annotationBytes(JsonNode annotations) {
    long bytes = 0;
    for (String key : SchemaNode.names(annotations)) {
      bytes += key.getBytes(StandardCharsets.UTF_8).length;
      bytes += annotations.get(key).asText().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }
}
