package dev.millrace.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.local.Millrace;
import dev.millrace.local.stack.StackState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in {@code up}: no process, no lock, no temporary folder, no trace in the home. */
class InterruptIT {
  private static final Path ROOT = Path.of(System.getProperty("millrace.root"));
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int SIGINT = 2;

  @TempDir Path folder;

  @BeforeEach
  void useAHomeOfItsOwn() {
    System.setProperty("millrace.home", folder.resolve("home").toString());
  }

  @AfterEach
  void forgetTheHome() {
    System.clearProperty("millrace.home");
  }

  @Test
  void leavesNothingBehind() throws Exception {
    assumeThat(isSigintHeard())
        .as("this JVM was started with SIGINT ignored, as by nohup, and children inherit that")
        .isTrue();
    Path log = folder.resolve("up.log");
    Process up = start(log);
    try {
      await().atMost(PATIENCE).until(() -> StackState.newestRunning().isPresent() || !up.isAlive());
      Optional<StackState> stack = StackState.newestRunning();
      assertThat(stack).as(Files.readString(log)).isPresent();
      List<ProcessHandle> children = up.descendants().toList();
      assertThat(children).as("redis-server and the Flink JVM").hasSizeGreaterThanOrEqualTo(2);
      Process interrupt = new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start();
      assertThat(interrupt.waitFor()).isZero();
      await().atMost(PATIENCE).until(() -> !up.isAlive());
      await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(Path.of(stack.get().data())).doesNotExist();
      assertThat(files(folder.resolve("home/stacks"))).isEmpty();
      assertThat(Files.readString(log)).doesNotContain("Exception").doesNotContain("millrace:");
    } finally {
      up.destroyForcibly();
    }
  }

  private Process start(Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-Dmillrace.root=" + ROOT,
            "-Dmillrace.home=" + folder.resolve("home"),
            "-cp",
            System.getProperty("java.class.path"),
            Millrace.class.getName(),
            "up",
            "-f",
            ROOT.resolve("examples/online-retail").toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
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

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
