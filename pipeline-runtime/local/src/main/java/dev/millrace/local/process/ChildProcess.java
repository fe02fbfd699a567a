package dev.millrace.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours that must not outlive us. Its output goes to a log file; its standard input
 * stays open as long as we live, so that our own Java children notice our end by its closing.
 */
public final class ChildProcess implements AutoCloseable {
  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param name for messages
   * @param command program and arguments
   * @param folder working directory, created when missing
   * @param log file that both outputs are appended to
   */
  public static ChildProcess start(String name, List<String> command, Path folder, Path log)
      throws IOException {
    return start(name, command, Map.of(), folder, log);
  }

  /**
   * The same with variables added to ours.
   *
   * @param environment variables by name
   */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path folder, Path log)
      throws IOException {
    Files.createDirectories(folder);
    Files.createDirectories(log.getParent());
    var builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var child = new ChildProcess(name, builder.start(), log);
    Children.add(child);
    return child;
  }

  public String name() {
    return name;
  }

  public Path log() {
    return log;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes when the process has ended. */
  public CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Asks the process to end, and ends it when it does not within the grace period. */
  public void stop(Duration grace) {
    closeInput();
    process.destroy();
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
    Children.remove(this);
  }

  /** Ends the process at once, as kill -9 does. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
    // What the process has left behind and watches this input ends too.
    closeInput();
    Children.remove(this);
  }

  @Override
  public void close() {
    stop(Duration.ofSeconds(5));
  }

  private void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is gone already: the process has ended, which is what closing asks for.
      if (process.isAlive()) {
        process.destroy();
      }
    }
  }
}
