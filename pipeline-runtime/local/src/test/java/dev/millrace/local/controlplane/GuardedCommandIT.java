package dev.millrace.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program that does not watch its input ends with us. */
class GuardedCommandIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void endsTheProgramWhenItsInputCloses() throws IOException {
    Process process = start("sleep", "600");
    long watcher = watcherOf(process);

    process.getOutputStream().close();

    await().atMost(SOON).until(() -> !process.isAlive());
    await().atMost(SOON).until(() -> ProcessHandle.of(watcher).isEmpty());
  }

  @Test
  void letsSignalsReachTheProgramItself() throws IOException {
    Process process = start("sleep", "600");
    long watcher = watcherOf(process);

    process.destroyForcibly();

    await().atMost(SOON).until(() -> !process.isAlive());
    assertThat(process.exitValue()).isEqualTo(128 + 9);
    process.getOutputStream().close();
    await().atMost(SOON).until(() -> ProcessHandle.of(watcher).isEmpty());
  }

  @Test
  void leavesNothingWhenItsStarterIsKilled() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    Process starter =
        new ProcessBuilder(java, "-cp", classPath, GuardedSleep.class.getName()).start();
    ProcessHandle program =
        ProcessHandle.of(Long.parseLong(starter.inputReader().readLine())).orElseThrow();

    starter.destroyForcibly();

    await().atMost(SOON).until(() -> !program.isAlive());
  }

  @Test
  void handsOnTheExitCode() throws Exception {
    assertThat(start("sh", "-c", "exit 7").waitFor()).isEqualTo(7);
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(GuardedCommand.of(List.of(command))).start();
  }

  private static long watcherOf(Process process) {
    return await()
        .atMost(SOON)
        .until(
            () -> process.children().findFirst().map(ProcessHandle::pid).orElse(0L),
            pid -> pid != 0);
  }
}
