package dev.millrace.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Switches that a JVM running Spark 4.1 needs ({@code JavaModuleOptions} of Spark's launcher,
 * without the incubator module that only speeds up MLlib). They lie in the jar as {@link
 * #RESOURCE}, one a line, for whoever starts such a JVM without Spark on its own class path.
 */
public final class SparkJvmOptions {
  /** Resource with one switch per line. */
  public static final String RESOURCE = "META-INF/millrace/spark-jvm-options";

  private SparkJvmOptions() {}

  /** The switches, in order. */
  public static List<String> list() {
    try (var in = SparkJvmOptions.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }
}
