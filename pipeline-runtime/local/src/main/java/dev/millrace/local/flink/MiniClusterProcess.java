package dev.millrace.local.flink;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.client.deployment.executors.RemoteExecutor;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * The JVM of one FlinkDeployment on a machine without Kubernetes: Flink's own mini cluster with its
 * REST endpoint, and the job's main method run against it. Argument: the file of a {@link
 * MiniClusterRequest}. It ends when its standard input closes: its parent is gone.
 */
public final class MiniClusterProcess {
  /** Exit code when the job ended in failure; its cause is in the report. */
  public static final int JOB_FAILED = 3;

  private MiniClusterProcess() {}

  public static void main(String[] arguments) throws Exception {
    var request = MiniClusterRequest.read(Path.of(arguments[0]));
    endWithParent();
    int exit = run(request);
    // Client and RPC threads may linger; there is nothing left for them to do.
    Runtime.getRuntime().halt(exit);
  }

  private static int run(MiniClusterRequest request) throws Exception {
    var configuration = Configuration.fromMap(request.configuration());
    try (var cluster = new JobCluster(clusterConfiguration(configuration))) {
      cluster.start();
      URI rest = cluster.getRestAddress().get();
      var report = new MiniClusterReport(request.report(), rest.toString());
      report.running();
      var submitted = new Configuration(configuration);
      submitted.set(DeploymentOptions.TARGET, RemoteExecutor.NAME);
      submitted.set(DeploymentOptions.ATTACHED, true);
      submitted.set(RestOptions.ADDRESS, rest.getHost());
      submitted.set(RestOptions.PORT, rest.getPort());
      submitted.set(JobManagerOptions.ADDRESS, rest.getHost());
      StreamContextEnvironment.setAsContext(
          new DefaultExecutorServiceLoader(),
          submitted,
          MiniClusterProcess.class.getClassLoader(),
          false,
          true);
      int exit = runMain(request, report, cluster);
      if (request.afterEnd() == MiniClusterRequest.AfterEnd.STAY) {
        new CountDownLatch(1).await(); // until our parent ends us
      }
      return exit;
    }
  }

  private static int runMain(
      MiniClusterRequest request, MiniClusterReport report, JobCluster cluster) throws Exception {
    try {
      Class.forName(request.entryClass())
          .getMethod("main", String[].class)
          .invoke(null, (Object) request.arguments().toArray(String[]::new));
      report.finished();
      return 0;
    } catch (InvocationTargetException | CompletionException e) {
      e.printStackTrace();
      cluster.showFailure(Configuration.fromMap(request.configuration()), e.getCause());
      report.failed(e.getCause());
      return JOB_FAILED;
    }
  }

  private static MiniClusterConfiguration clusterConfiguration(Configuration configuration) {
    return new MiniClusterConfiguration.Builder()
        .setConfiguration(configuration)
        .setNumTaskManagers(1)
        .setNumSlotsPerTaskManager(configuration.get(TaskManagerOptions.NUM_TASK_SLOTS))
        .build();
  }

  private static void endWithParent() {
    var watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is ever sent; only the end counts
                }
              } catch (IOException e) {
                System.err.println("standard input cannot be read, taken as its end: " + e);
              }
              Runtime.getRuntime().halt(0);
            },
            "parent watch");
    watch.setDaemon(true);
    watch.start();
  }
}
