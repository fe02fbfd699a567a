package dev.millrace.bench.pit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One round of one contender in a JVM of its own. Arguments: a contender, those of {@link
 * PitWorkload#of}, a file for the figures as JSON.
 */
public final class PitRun {
  private static final double NANOS = 1e9;
  private static final long KIB_PER_MIB = 1024;

  private PitRun() {}

  /** Processor time is that of the whole JVM: all threads, garbage collector and compiler. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = Arrays.asList(arguments);
    PitContender name = PitContender.of(words.get(0));
    PitWorkload workload = PitWorkload.of(words.subList(1, 1 + PitWorkload.ARGUMENTS));
    Path figures = Path.of(words.get(1 + PitWorkload.ARGUMENTS));
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var found = new LinkedHashMap<String, Object>();
    try (Contender contender = name.open(workload.folder().resolve("tmp"))) {
      long cpu = system.getProcessCpuTime();
      long wall = System.nanoTime();
      contender.write(workload, workload.result(name.toString()));
      found.put("contender", name.toString());
      found.put("description", contender.description());
      found.put("cpuSeconds", (system.getProcessCpuTime() - cpu) / NANOS);
      found.put("wallSeconds", (System.nanoTime() - wall) / NANOS);
      found.put("startCpuSeconds", cpu / NANOS);
      found.put("peakMiB", peakResidentMiB());
    }
    Files.writeString(figures, JsonMapper.builder().build().writeValueAsString(found));
  }

  private static long peakResidentMiB() throws IOException {
    Map<String, String> status = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      String[] parts = line.split(":\\s+", 2);
      status.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return Long.parseLong(status.get("VmHWM").replace(" kB", "").strip()) / KIB_PER_MIB;
  }
}
