package dev.millrace.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millrace.local.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code millrace up} in a JVM of its own, for tests that press Ctrl-C. */
record UpProcess(Process process, Path log) implements AutoCloseable {
  static final Path ROOT = Path.of(System.getProperty("millrace.root"));
  private static final int SIGINT = 2;

  /**
   * Starts it.
   *
   * @param folder its home and log
   * @param arguments of {@code up}
   */
  static UpProcess start(Path folder, String... arguments) throws IOException {
    Path log = folder.resolve("up.log");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dmillrace.root=" + ROOT,
                "-Dmillrace.home=" + folder.resolve("home"),
                "-cp",
                System.getProperty("java.class.path"),
                Millrace.class.getName(),
                "up"));
    command.addAll(List.of(arguments));
    return new UpProcess(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
        log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far. */
  String output() throws IOException {
    return Files.readString(log);
  }

  /** Every process below it. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Presses Ctrl-C. */
  void interrupt() throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Skips a test in a JVM whose children would not hear Ctrl-C. */
  static void assumeSigintIsHeard() throws IOException {
    assumeThat(isSigintHeard())
        .as("this JVM was started with SIGINT ignored, as by nohup, and children inherit that")
        .isTrue();
  }

  private static boolean isSigintHeard() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    return (Long.parseUnsignedLong(ignored, 16) >> (SIGINT - 1) & 1) == 0;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
