package dev.millrace.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a child JVM. Its class path goes into a file: it can be very long. */
public final class JavaCommand {
  private final List<String> words = new ArrayList<>();

  private JavaCommand() {
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  /**
   * Begins a command.
   *
   * @param classPath the child's class path
   * @param argumentFile file that is written with it
   */
  public static JavaCommand withClassPath(String classPath, Path argumentFile) {
    try {
      Files.createDirectories(argumentFile.getParent());
      Files.writeString(argumentFile, "-cp \"" + classPath.replace("\\", "\\\\") + "\"\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var command = new JavaCommand();
    command.words.add("@" + argumentFile);
    return command;
  }

  public JavaCommand add(String... more) {
    words.addAll(List.of(more));
    return this;
  }

  public JavaCommand addAll(List<String> more) {
    words.addAll(more);
    return this;
  }

  public List<String> words() {
    return List.copyOf(words);
  }
}
