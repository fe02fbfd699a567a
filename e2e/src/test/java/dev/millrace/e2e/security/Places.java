package dev.millrace.e2e.security;

import dev.millrace.e2e.cluster.OperatorProcess;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everywhere a secret could get to that somebody may read who must not know it: all objects but
 * Secrets, processes, logs, configuration, metrics, thread dumps.
 */
final class Places {
  /** Where objects of our world lie; the rest of the API server's groups hold none. */
  private static final List<String> GROUPS =
      List.of(
          "v1",
          "apps/v1",
          "batch/v1",
          "networking.k8s.io/v1",
          "coordination.k8s.io/v1",
          "events.k8s.io/v1",
          "kafka.strimzi.io/v1",
          "flink.apache.org/v1beta1",
          "millrace.dev/v1alpha1");

  private final KubernetesClient client;

  /** Texts by place; what is added is kept although it may go in the cluster. */
  private final Map<String, Set<String>> texts = new TreeMap<>();

  Places(KubernetesClient client) {
    this.client = client;
  }

  /** Takes down how it looks now. */
  void look(OperatorProcess operator) {
    objects();
    ProcessHandle.current().descendants().forEach(process -> process(process.pid()));
    add("metrics", operator.metrics());
    add("thread dump", threads(operator.pid()));
    files(operator.log().getParent());
  }

  private void objects() {
    for (String group : GROUPS) {
      for (APIResource resource : client.getApiResources(group).getResources()) {
        boolean wanted =
            resource.getVerbs().contains("list")
                && resource.getNamespaced()
                && !resource.getName().equals("secrets");
        if (wanted) {
          String path = (group.equals("v1") ? "/api/" : "/apis/") + group;
          add(
              "object " + resource.getName(),
              client.raw(path + "/" + resource.getName(), "GET", null));
        }
      }
    }
  }

  /** Arguments and environment; a process that has just ended has neither. */
  private void process(long pid) {
    for (String what : List.of("cmdline", "environ")) {
      try {
        byte[] bytes = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), what));
        add("process " + what, new String(bytes, StandardCharsets.UTF_8));
      } catch (NoSuchFileException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Places::isReadByMany).toList()) {
        add(
            file.getFileName().toString().endsWith(".log") ? "log" : "configuration",
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its log, and what it is configured with; not its kubeconfig. */
  private static boolean isReadByMany(Path file) {
    String name = file.getFileName().toString();
    return name.equals("operator.log") || name.endsWith(".yaml");
  }

  /** What {@code jstack} prints of a JVM. */
  static String threads(long pid) {
    try {
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      Process process =
          new ProcessBuilder(jcmd, String.valueOf(pid), "Thread.print", "-l")
              .redirectErrorStream(true)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!text.contains("Full thread dump")) {
        throw new IllegalStateException("no thread dump of " + pid + ": " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(String place, String text) {
    texts.computeIfAbsent(place, any -> new TreeSet<>()).add(text);
  }

  /** Places that were looked at. */
  Set<String> all() {
    return texts.keySet();
  }

  Set<String> texts(String place) {
    return texts.get(place);
  }

  /** Places where one of the words is, in whatever form. */
  Set<String> find(Iterable<String> words) {
    var found = new TreeSet<String>();
    for (String word : words) {
      for (String form : CanaryForms.of(word)) {
        texts.forEach(
            (place, all) -> {
              if (all.stream().anyMatch(text -> text.contains(form))) {
                found.add(place);
              }
            });
      }
    }
    return found;
  }
}
