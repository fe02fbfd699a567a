package dev.millrace.local.bench;

import dev.millrace.local.process.Installation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** On what a measurement was made. */
public final class PitMachine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final long PATIENCE_SECONDS = 10;

  private PitMachine() {}

  /** Processor, cores, JDK, switches of every contender and the load before. */
  public static String text() throws IOException {
    return String.format(
        Locale.ROOT,
        "%d cores of %s, JDK %s, each contender in a fresh JVM with %s, load average %.1f before",
        Runtime.getRuntime().availableProcessors(),
        processor(),
        System.getProperty("java.version"),
        String.join(" ", BenchJvm.SWITCHES),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String processor() throws IOException {
    if (!Files.isReadable(PROCESSORS)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(PROCESSORS).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  /** Abbreviated commit of the sources, or {@code unknown} outside of a checkout. */
  public static String commit() throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                "git", "-C", Installation.root().toString(), "rev-parse", "--short", "HEAD")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String commit = new String(process.getInputStream().readAllBytes()).strip();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return ended && process.exitValue() == 0 ? commit : "unknown";
  }
}
