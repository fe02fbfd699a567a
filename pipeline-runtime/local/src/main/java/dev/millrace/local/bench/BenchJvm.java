package dev.millrace.local.bench;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.process.ChildProcess;
import dev.millrace.local.process.Installation;
import dev.millrace.local.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs mains of the bench module, each in a fresh JVM with the same switches. */
final class BenchJvm {
  private static final String PACKAGE = "dev.millrace.bench.pit.";

  /** Heap and collector of every contender (performance.md §6, rule 2). */
  static final List<String> SWITCHES = List.of("-Xmx4g", "-XX:+UseParallelGC");

  private final Path folder;
  private final List<String> properties = new ArrayList<>();

  /**
   * @param folder for the log and temporary files
   */
  BenchJvm(Path folder) {
    this.folder = folder;
  }

  /** The same with a system property. */
  BenchJvm with(String property, String value) {
    properties.add("-D" + property + "=" + value);
    return this;
  }

  /** Runs a main to its end. */
  void run(String main, List<String> arguments) throws IOException {
    List<String> command =
        JavaCommand.withClassPath(Installation.benchClassPath(), folder.resolve("classpath.args"))
            .addAll(SWITCHES)
            .addAll(Installation.sparkJvmOptions())
            .add("-Duser.timezone=UTC", "-Dspark.local.dir=" + folder.resolve("tmp"))
            .addAll(properties)
            .add(PACKAGE + main)
            .addAll(arguments)
            .words();
    Path log = folder.resolve("bench.log");
    try (var child = ChildProcess.start(main, command, folder, log)) {
      int code = child.exit().join();
      if (code != 0) {
        throw new LocalFailure(
            main
                + " "
                + arguments.get(0)
                + " ended with exit code "
                + code
                + "; its log is "
                + log);
      }
    }
  }
}
