package dev.millrace.e2e.cluster;

import dev.millrace.local.controlplane.ControlPlane;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one operator differs in from the chart's configuration.
 *
 * @param apiServer a proxy before the API server
 * @param settings of operator.yaml, by key: the first line that has it, or one more of its process
 * @param environment variables beside the usual ones
 */
public record OperatorOptions(
    Optional<URI> apiServer, Map<String, String> settings, Map<String, String> environment) {
  /** One of several replicas, as the chart starts it. */
  public static final OperatorOptions REPLICA =
      new OperatorOptions(Optional.empty(), Map.of(), Map.of());

  /** Alone: one that has ended can be started again at once. */
  public static final OperatorOptions ALONE = REPLICA.with("leaderElection", "false");

  /** The same with another setting. */
  public OperatorOptions with(String key, String value) {
    return new OperatorOptions(apiServer, and(settings, key, value), environment);
  }

  /** The same with another time between two looks. */
  public OperatorOptions withResync(int seconds) {
    return with("resyncSeconds", Integer.toString(seconds));
  }

  /** The same with jobs that answer elsewhere. */
  public OperatorOptions withJobRest(String template) {
    return with("jobRest", '"' + template + '"');
  }

  /** The same behind a proxy. */
  public OperatorOptions behind(URI proxy) {
    return new OperatorOptions(Optional.of(proxy), settings, environment);
  }

  /** The same with a variable in its environment. */
  public OperatorOptions withVariable(String name, String value) {
    return new OperatorOptions(apiServer, settings, and(environment, name, value));
  }

  private static Map<String, String> and(Map<String, String> map, String key, String value) {
    var copy = new TreeMap<>(map);
    copy.put(key, value);
    return copy;
  }

  /** The chart's operator.yaml with what is different here. */
  String adapt(String file, int httpPort) {
    var adapted = file;
    for (var setting : and(settings, "httpPort", Integer.toString(httpPort)).entrySet()) {
      var line = Pattern.compile("(?m)^(\\s*" + setting.getKey() + ": ).*$").matcher(adapted);
      adapted =
          line.find()
              ? line.replaceFirst("$1" + Matcher.quoteReplacement(setting.getValue()))
              : adapted.replaceFirst(
                  "(?m)^process:$", "$0\n  " + setting.getKey() + ": " + setting.getValue());
    }
    return adapted;
  }

  void writeKubeconfig(Path file, ControlPlane controlPlane, String token) throws IOException {
    if (apiServer.isEmpty()) {
      controlPlane.writeKubeconfig(file, token);
      return;
    }
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters:
        - {name: proxy, cluster: {server: "%s"}}
        users:
        - {name: operator, user: {token: "%s"}}
        contexts:
        - {name: proxy, context: {cluster: proxy, user: operator}}
        current-context: proxy
        """
            .formatted(apiServer.get(), token));
  }
}
