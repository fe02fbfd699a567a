package dev.millrace.local.actor;

import dev.millrace.local.process.ChildProcess;
import dev.millrace.local.process.SparkCommand;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Runs the pod of a Job as a local process with its arguments, files and termination message. */
public final class Kubelet {
  private final Path data;
  private final ClusterObjects objects;

  /**
   * @param data folder for pods and logs
   * @param objects ConfigMaps that pods mount
   */
  public Kubelet(Path data, ClusterObjects objects) {
    this.data = data;
    this.objects = objects;
  }

  /**
   * Creates the Job a CronJob's controller would create for an instant, and runs its pod to the
   * end.
   *
   * @param asOf scheduled instant; the Job's name carries its epoch minutes
   */
  public PodResult run(CronJob cronJob, Instant asOf) throws IOException, InterruptedException {
    return run(cronJob, asOf, "", List.of());
  }

  /**
   * The same with another main class of the extract's jar, which takes more arguments.
   *
   * @param mainClass class to run instead, or empty
   * @param more arguments after the document and the instant
   */
  public PodResult run(CronJob cronJob, Instant asOf, String mainClass, List<String> more)
      throws IOException, InterruptedException {
    String job = cronJob.getMetadata().getName() + "-" + asOf.getEpochSecond() / 60;
    PodSpec pod = cronJob.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().get(0);
    Path folder = data.resolve("pods").resolve(job);
    PodFiles files =
        PodFiles.mount(
            folder.resolve("files"),
            cronJob.getMetadata().getNamespace(),
            pod,
            container,
            PodVolumes.of(objects));
    Path message = folder.resolve("termination-log");
    Files.deleteIfExists(message);
    var submit = SparkSubmit.parse(container.getArgs());
    var arguments = new ArrayList<>(submit.arguments().stream().map(files::localPath).toList());
    arguments.add(asOf.toString());
    arguments.addAll(more);
    String main = mainClass.isEmpty() ? submit.mainClass() : mainClass;
    List<String> command = SparkCommand.of(folder, main, arguments, message);
    Path log = data.resolve("logs").resolve(job + ".log");
    try (var process = ChildProcess.start(job, command, folder, log)) {
      int code = process.exit().get();
      return new PodResult(job, code, TerminationMessage.read(message), log);
    } catch (ExecutionException e) {
      throw new IOException("the end of " + job + " could not be awaited", e.getCause());
    }
  }
}
