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
 */
record FlinkProcess(
    String name,
    Path folder,
    Path log,
    String entryClass,
    List<String> arguments,
    Map<String, String> configuration) {
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
    new MiniClusterRequest(restored, entryClass, arguments, reportFile().toString()).write(request);
    var command =
        JavaCommand.withClassPath(
                System.getProperty("java.class.path"), folder.resolve("classpath.args"))
            .add("-Xmx1g", "-XX:+UseParallelGC", "-Duser.timezone=UTC")
            .add("-Dlog4j2.configurationFile=log-console.xml");
    OPENED.forEach(opened -> command.add("--add-opens=" + opened + "=ALL-UNNAMED"));
    command.add(MiniClusterProcess.class.getName(), request.toString());
    return ChildProcess.start(name, command.words(), folder, log);
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
    return uri == null ? folder.resolve("no state") : Path.of(URI.create(uri));
  }
}
