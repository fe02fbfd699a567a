package dev.millrace.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
  private static final Duration PATIENCE = Duration.ofSeconds(120);

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
    UpProcess.assumeSigintIsHeard();
    String example = UpProcess.ROOT.resolve("examples/online-retail").toString();
    try (var up = UpProcess.start(folder, "--api", "never", "-f", example)) {
      await().atMost(PATIENCE).until(() -> StackState.newestRunning().isPresent() || !up.isAlive());
      Optional<StackState> stack = StackState.newestRunning();
      assertThat(stack).as(up.output()).isPresent();
      List<ProcessHandle> children = up.descendants();
      assertThat(children).as("redis-server and the Flink JVM").hasSizeGreaterThanOrEqualTo(2);
      up.interrupt();
      await().atMost(PATIENCE).until(() -> !up.isAlive());
      await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(Path.of(stack.get().data())).doesNotExist();
      assertThat(files(folder.resolve("home/stacks"))).isEmpty();
      assertThat(up.output()).doesNotContain("Exception").doesNotContain("millrace:");
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
