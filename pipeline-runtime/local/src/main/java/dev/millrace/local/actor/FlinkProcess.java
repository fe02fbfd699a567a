package dev.millrace.local.actor;

import dev.millrace.local.flink.MiniClusterProcess;
import dev.millrace.local.flink.MiniClusterReport;
import dev.millrace.local.flink.MiniClusterRequest;
import dev.millrace.local.process.ChildProcess;
import dev.millrace.local.process.JavaCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the JVM of a FlinkDeployment is started.
 *
 * @param name name of the deployment
 * @param folder its folder
 * @param log its log file
 * @param entryClass main class of the job
 * @param arguments local arguments of the job
 * @param configuration local configuration
 * @param environment variables of the container
 * @param jvmOptions memory and collector of the JVM
 * @param afterEnd whether the JVM outlives its job
 */
public record FlinkProcess(
    String name,
    Path folder,
    Path log,
    String entryClass,
    List<String> arguments,
    Map<String, String> configuration,
    Map<String, String> environment,
    List<String> jvmOptions,
    MiniClusterRequest.AfterEnd afterEnd) {
  /** The packages that Flink's serialisers open, as in its own start scripts. */
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.reflect",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.text",
          "java.base/java.time",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.util.concurrent.locks",
          "java.base/sun.nio.ch");

  /** The newest saved state, if any. */
  Optional<Path> newestState() throws IOException {
    return Checkpoints.newest(
        stateFolder("execution.checkpointing.dir"),
        stateFolder("execution.checkpointing.savepoint-dir"));
  }

  /** The newest completed checkpoint of one job, if any. */
  public Optional<Path> newestCheckpoint(String jobId) throws IOException {
    return Checkpoints.newest(stateFolder("execution.checkpointing.dir").resolve(jobId));
  }

  /** Where a savepoint goes. */
  String savepointFolder() {
    return configuration.get("execution.checkpointing.savepoint-dir");
  }

  /** Starts the JVM, its job from the state when there is one. */
  ChildProcess start(Optional<Path> state) throws IOException {
    var restored = new TreeMap<>(configuration);
    state.ifPresent(path -> restored.put("execution.state-recovery.path", path.toUri().toString()));
    Files.createDirectories(folder.resolve("tmp"));
    Files.deleteIfExists(reportFile());
    Path request = folder.resolve("request.json");
    new MiniClusterRequest(restored, entryClass, arguments, reportFile().toString(), afterEnd)
        .write(request);
    var command =
        JavaCommand.withClassPath(
                System.getProperty("java.class.path"), folder.resolve("classpath.args"))
            .addAll(jvmOptions)
            .add("-Duser.timezone=UTC")
            .add("-Dlog4j2.configurationFile=log-console.xml");
    OPENED.forEach(opened -> command.add("--add-opens=" + opened + "=ALL-UNNAMED"));
    command.add(MiniClusterProcess.class.getName(), request.toString());
    return ChildProcess.start(name, command.words(), environment, folder, log);
  }

  /** What the JVM reported last, or null. */
  MiniClusterReport.Content report() throws IOException {
    return MiniClusterReport.read(reportFile());
  }

  private Path reportFile() {
    return folder.resolve("report.json");
  }

  private Path stateFolder(String option) {
    String uri = configuration.get(option);
    boolean isFile = uri != null && (uri.startsWith("file:") || uri.startsWith("/"));
    if (!isFile) {
      return folder.resolve("no state");
    }
    return uri.startsWith("/") ? Path.of(uri) : Path.of(URI.create(uri));
  }
}
