package dev.millrace.local.flink;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A mini cluster of one job, which shows a main method's failure as a failed job, as an application
 * cluster does with {@code execution.submit-failed-job-on-application-error}.
 */
final class JobCluster extends MiniCluster {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  JobCluster(MiniClusterConfiguration configuration) {
    super(configuration);
  }

  /** Does nothing when there is a job already: then its own failure is to be seen. */
  void showFailure(Configuration configuration, Throwable failure)
      throws ExecutionException, InterruptedException {
    DispatcherGateway dispatcher = getDispatcherGatewayFuture().get();
    if (!dispatcher.listJobs(ANSWER).get().isEmpty()) {
      return;
    }
    JobID job =
        configuration
            .getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID)
            .map(JobID::fromHexString)
            .orElseGet(JobID::generate);
    String name = configuration.getOptional(PipelineOptions.NAME).orElse("application");
    dispatcher.submitFailedJob(job, name, failure).get();
  }
}
