package dev.millrace.flink.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One real broker, one real redis-server and one Flink mini cluster for all tests of this module,
 * started when the first test asks for them.
 */
public final class JobStack implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final EmbeddedRedis redis;
  private final MiniCluster flink;
  private final Path folder;
  private int taskManager;

  private JobStack() throws Exception {
    folder = Files.createTempDirectory("millrace-jobs");
    broker = EmbeddedBroker.start();
    redis = EmbeddedRedis.start();
    var configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
    // Accumulators travel with heartbeats.
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(200));
    configuration.set(TaskManagerOptions.SLOT_TIMEOUT, Duration.ofSeconds(30));
    flink =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(8)
                .build());
    flink.start();
  }

  public EmbeddedBroker broker() {
    return broker;
  }

  public EmbeddedRedis redis() {
    return redis;
  }

  /** Kills the task manager with all that runs in it, and starts another. */
  public void replaceTaskManager() throws Exception {
    flink.terminateTaskManager(taskManager++).get(30, TimeUnit.SECONDS);
    flink.startTaskManager();
  }

  MiniCluster flink() {
    return flink;
  }

  /** A new folder for one pipeline. */
  Path folder(String name) throws Exception {
    return Files.createDirectories(folder.resolve(name));
  }

  @Override
  public void close() throws Exception {
    flink.close();
    redis.close();
    broker.close();
  }

  /** Hands the stack to tests that take it as a parameter. */
  public static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == JobStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(JobStack.class))
          .getOrComputeIfAbsent(JobStack.class, type -> start(), JobStack.class);
    }

    private static JobStack start() {
      try {
        return new JobStack();
      } catch (Exception e) {
        throw new IllegalStateException("the stack does not start", e);
      }
    }
  }
}
