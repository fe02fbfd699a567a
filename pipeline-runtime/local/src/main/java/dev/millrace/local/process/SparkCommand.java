package dev.millrace.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
    return of(folder, mainClass, arguments, terminationMessage, "2g", Map.of());
  }

  /**
   * The same with a heap and settings of one's own; those that only mean something elsewhere, such
   * as the master, are ours all the same.
   *
   * @param heap such as {@code 1g}
   * @param settings {@code spark.*} keys
   */
  public static List<String> of(
      Path folder,
      String mainClass,
      List<String> arguments,
      Path terminationMessage,
      String heap,
      Map<String, String> settings) {
    var command =
        JavaCommand.withClassPath(Installation.sparkClassPath(), folder.resolve("classpath.args"))
            .add("-Xmx" + heap, "-XX:+UseParallelGC", "-Duser.timezone=UTC")
            // A run takes seconds: the second compiler would cost more than it saves.
            .add("-XX:TieredStopAtLevel=1")
            .addAll(Installation.sparkJvmOptions())
            .addAll(
                settings.entrySet().stream()
                    .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
                    .toList())
            .add("-Dspark.master=local[*]", "-Dspark.local.dir=" + folder.resolve("tmp"))
            .add("-Dmillrace.termination.log=" + terminationMessage)
            .add("-Dspark.ui.enabled=false")
            // Local files are listed faster than a task per file is started.
            .add("-Dspark.sql.sources.parallelPartitionDiscovery.threshold=1000000")
            .add("-Dspark.driver.host=127.0.0.1", "-Dspark.driver.bindAddress=127.0.0.1");
    return command.add(mainClass).addAll(arguments).words();
  }
}
