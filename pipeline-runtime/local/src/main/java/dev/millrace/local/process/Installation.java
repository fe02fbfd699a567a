package dev.millrace.local.process;

import dev.millrace.local.LocalFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Where the launcher built things: the project's root, named by {@code -Dmillrace.root}. */
public final class Installation {
  private Installation() {}

  /** The project's root folder. */
  public static Path root() {
    String root = System.getProperty("millrace.root");
    if (root == null) {
      throw new LocalFailure("the folder of the installation is unknown; start ./millrace");
    }
    return Path.of(root);
  }

  /** Class path of the operator: its classes and its dependencies, as its image has them. */
  public static String operatorClassPath() {
    Path target = root().resolve("operator/target");
    try {
      return target.resolve("classes")
          + ":"
          + Files.readString(target.resolve("classpath.txt")).strip();
    } catch (IOException e) {
      throw new LocalFailure(
          "the operator is not built in " + target + "; start ./millrace once", e);
    }
  }

  /** Class path of the Spark extract: its jar and its dependencies. Not ours: see stack.md. */
  public static String sparkClassPath() {
    Path list = sparkTarget().resolve("classpath.txt");
    try {
      return sparkJar() + ":" + Files.readString(list).strip();
    } catch (IOException e) {
      throw notBuilt(e);
    }
  }

  /** Class path of the benchmarks: the extract's with the bench module and its peers. */
  public static String benchClassPath() {
    Path target = root().resolve("pipeline-runtime/bench/target");
    try {
      return target.resolve("classes")
          + ":"
          + sparkClassPath()
          + ":"
          + Files.readString(target.resolve("classpath.txt")).strip();
    } catch (IOException e) {
      throw new LocalFailure(
          "the benchmarks are not built in " + target + "; start ./millrace bench", e);
    }
  }

  /** Switches of the JVM that Spark needs, as its jar lists them. */
  public static List<String> sparkJvmOptions() {
    try (var jar = new ZipFile(sparkJar().toFile())) {
      ZipEntry list = jar.getEntry("META-INF/millrace/spark-jvm-options");
      return new String(jar.getInputStream(list).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw notBuilt(e);
    }
  }

  private static Path sparkTarget() {
    return root().resolve("pipeline-runtime/spark-job/target");
  }

  private static Path sparkJar() {
    try (Stream<Path> files = Files.list(sparkTarget())) {
      return files
          .filter(file -> file.toString().matches(".*millrace-spark-job-[^/]*(?<!-tests)\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no jar"));
    } catch (IOException e) {
      throw notBuilt(e);
    }
  }

  private static LocalFailure notBuilt(IOException cause) {
    return new LocalFailure(
        "the Spark extract is not built in " + sparkTarget() + "; start ./millrace once", cause);
  }
}
