package dev.millrace.local.process;

import java.nio.file.Path;
import java.util.List;

/** The command line of a JVM that runs Spark in local mode. */
public final class SparkCommand {
  private SparkCommand() {}

  /**
   * The command.
   *
   * @param folder folder for the argument file and Spark's temporary files
   * @param mainClass main class
   * @param arguments its arguments
   * @param terminationMessage file in the place of {@code /dev/termination-log}
   */
  public static List<String> of(
      Path folder, String mainClass, List<String> arguments, Path terminationMessage) {
    var command =
        JavaCommand.withClassPath(Installation.sparkClassPath(), folder.resolve("classpath.args"))
            .add("-Xmx2g", "-XX:+UseParallelGC", "-Duser.timezone=UTC")
            // A run takes seconds: the second compiler would cost more than it saves.
            .add("-XX:TieredStopAtLevel=1")
            .addAll(Installation.sparkJvmOptions())
            .add("-Dspark.master=local[*]", "-Dspark.local.dir=" + folder.resolve("tmp"))
            .add("-Dmillrace.termination.log=" + terminationMessage)
            .add("-Dspark.ui.enabled=false")
            // Local files are listed faster than a task per file is started.
            .add("-Dspark.sql.sources.parallelPartitionDiscovery.threshold=1000000")
            .add("-Dspark.driver.host=127.0.0.1", "-Dspark.driver.bindAddress=127.0.0.1");
    return command.add(mainClass).addAll(arguments).words();
  }
}
