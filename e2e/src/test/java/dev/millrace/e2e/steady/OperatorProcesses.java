package dev.millrace.e2e.steady;

import dev.millrace.e2e.cluster.OperatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What an operator's process has used up, by the machine's and by its own account. */
final class OperatorProcesses {
  private static final String RECONCILES = "millrace_reconcile_duration_seconds_count{";
  private static final String WATERMARKS = "millrace_watermark_timestamp_seconds{";

  private OperatorProcesses() {}

  /** Reconciles and clean-ups since its start. */
  static long reconciles(OperatorProcess operator) {
    return sum(operator, RECONCILES);
  }

  /** Sum of what jobs last said of their clocks, in seconds. */
  static long watermarks(OperatorProcess operator) {
    return sum(operator, WATERMARKS);
  }

  private static long sum(OperatorProcess operator, String metric) {
    return operator
        .metrics()
        .lines()
        .filter(line -> line.startsWith(metric))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Processor time of all its threads since its start. */
  static Duration processorTime(OperatorProcess operator) {
    return ProcessHandle.of(operator.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow();
  }

  /** Memory that it holds; 0 where the machine does not say. */
  static long residentMebibytes(OperatorProcess operator) {
    Path file = Path.of("/proc", String.valueOf(operator.pid()), "status");
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
