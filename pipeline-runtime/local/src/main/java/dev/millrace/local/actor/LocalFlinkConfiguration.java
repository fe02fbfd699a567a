package dev.millrace.local.actor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A FlinkDeployment's configuration as one JVM on one machine can take it. */
public final class LocalFlinkConfiguration {
  /** What only means something on Kubernetes or to separate containers. */
  private static final List<String> DROPPED =
      List.of(
          "kubernetes.",
          "high-availability",
          "jobmanager.memory.",
          "taskmanager.memory.",
          "metrics.reporter",
          "env.java.opts",
          "s3.",
          "fs.s3a.");

  private LocalFlinkConfiguration() {}

  /**
   * Adapts the configuration.
   *
   * @param data folder for pods
   * @param restPort port of Flink's REST, 0 for any free one
   */
  public static Map<String, String> of(FlinkDeploymentView deployment, Path data, int restPort) {
    var local = new TreeMap<String, String>();
    deployment
        .configuration()
        .forEach(
            (key, value) -> {
              if (DROPPED.stream().noneMatch(key::startsWith)) {
                local.put(key, value);
              }
            });
    String parallelism = Integer.toString(deployment.parallelism());
    local.put("parallelism.default", parallelism);
    local.put("taskmanager.numberOfTaskSlots", parallelism);
    local.put("taskmanager.memory.managed.size", "160m");
    local.put("taskmanager.memory.network.min", "32m");
    local.put("taskmanager.memory.network.max", "32m");
    local.put("rest.address", "127.0.0.1");
    local.put("rest.bind-address", "127.0.0.1");
    local.put("rest.port", Integer.toString(restPort));
    local.put("rest.bind-port", Integer.toString(restPort));
    local.put("web.submit.enable", "false");
    local.put("io.tmp.dirs", FlinkPod.folder(data, deployment.name()).resolve("tmp").toString());
    local.put(
        "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    return local;
  }
}
