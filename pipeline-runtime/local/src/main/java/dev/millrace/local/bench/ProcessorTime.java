package dev.millrace.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Processor time of the machine, and of this process with the children it has seen end, from Linux'
 * {@code /proc}.
 *
 * @param busySeconds of all processors together
 * @param ownSeconds this process and its children
 * @param nanos when it was read
 */
record ProcessorTime(double busySeconds, double ownSeconds, long nanos) {
  private static final Path MACHINE = Path.of("/proc/stat");
  private static final Path PROCESS = Path.of("/proc/self/stat");
  private static final double TICKS_PER_SECOND = 100;
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int COUNTED = 9;
  private static final int FIRST_OWN = 11;
  private static final int LAST_OWN = 14;

  /** Now; nothing where there is no {@code /proc}. */
  static Optional<ProcessorTime> now() throws IOException {
    if (!Files.isReadable(MACHINE)) {
      return Optional.empty();
    }
    String[] machine = Files.readAllLines(MACHINE).get(0).split("\\s+");
    double busy = 0;
    for (int i = 1; i < COUNTED; i++) {
      if (i != IDLE && i != IO_WAIT) {
        busy += Long.parseLong(machine[i]);
      }
    }
    // The name in brackets may hold blanks; what follows it is numbered from the state on.
    String text = Files.readString(PROCESS);
    String[] process = text.substring(text.lastIndexOf(')') + 2).split(" ");
    double own = 0;
    for (int i = FIRST_OWN; i <= LAST_OWN; i++) {
      own += Long.parseLong(process[i]);
    }
    return Optional.of(
        new ProcessorTime(busy / TICKS_PER_SECOND, own / TICKS_PER_SECOND, System.nanoTime()));
  }

  /** Share of the machine that others took since an earlier reading, 0 to 1. */
  double foreignSince(ProcessorTime earlier) {
    double others = (busySeconds - earlier.busySeconds) - (ownSeconds - earlier.ownSeconds);
    double all = (nanos - earlier.nanos) / 1e9 * Runtime.getRuntime().availableProcessors();
    return Math.max(0, others / all);
  }
}
