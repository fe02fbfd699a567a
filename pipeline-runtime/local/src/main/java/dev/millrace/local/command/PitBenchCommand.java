package dev.millrace.local.command;

import dev.millrace.local.Millrace;
import dev.millrace.local.bench.PitBench;
import dev.millrace.local.bench.PitMachine;
import dev.millrace.local.bench.PitOutcome;
import dev.millrace.local.bench.PitText;
import dev.millrace.local.process.FolderDeletion;
import dev.millrace.local.terminal.JsonText;
import dev.millrace.local.terminal.Terminal;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The extract beside the usual ways to join features to anchors (performance.md §6 to §8). */
@Command(
    name = "pit",
    mixinStandardHelpOptions = true,
    description = {
      "Join the features of a million anchors, beside Spark's union and last value and DuckDB.",
      "Nothing else should run meanwhile: rounds with over 15 % of foreign load do not count."
    })
public final class PitBenchCommand implements Callable<Integer> {
  /** Ours should take at most 1/3.5 of the CPU of Spark's usual plan. */
  private static final double TARGET = 3.5;

  private static final long SMOKE_EVENTS = 10_000;

  @Option(
      names = "--workload",
      split = ",",
      defaultValue = "irregular,paced",
      description = "Arrival of events: irregular, paced (default: ${DEFAULT-VALUE}).")
  private List<String> workloads;

  @Option(
      names = "--peer",
      split = ",",
      defaultValue = "spark-union-last,duckdb-asof,duckdb-range,millrace-extract",
      description = "Who stands beside us (default: ${DEFAULT-VALUE}).")
  private List<String> peers;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "How often each runs (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--events",
      defaultValue = "10000000",
      description = "Events, of which one in ten is an anchor (default: ${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--events-per-key",
      defaultValue = "100",
      description = "Events of each key (default: ${DEFAULT-VALUE}).")
  private long eventsPerKey;

  @Option(names = "--seed", defaultValue = "7", description = "Seed of the generated events.")
  private long seed;

  @Option(
      names = "--smoke",
      description = "10,000 events, one round, results compared, no times printed.")
  private boolean smoke;

  @Option(
      names = "--raw",
      paramLabel = "FILE",
      description = "Write every round to this file as JSON.")
  private Path raw;

  @Mixin private Verbosity verbosity;

  private final Terminal terminal;

  public PitBenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (smoke) {
      events = SMOKE_EVENTS;
      rounds = 1;
    }
    Path folder = Files.createTempDirectory("millrace-bench");
    try {
      return measure(folder);
    } finally {
      FolderDeletion.of(folder);
    }
  }

  private int measure(Path folder) throws Exception {
    String machine = PitMachine.text();
    terminal.out().println("commit " + PitMachine.commit() + ", " + machine);
    var contenders = new ArrayList<String>();
    contenders.add(PitText.OURS);
    contenders.addAll(peers);
    var size = new PitBench.Size(events, Math.max(1, events / eventsPerKey), seed);
    var bench = new PitBench(folder, size, terminal);
    var found = new ArrayList<PitOutcome.Workload>();
    for (String workload : workloads) {
      PitOutcome.Workload outcome = bench.run(workload, contenders, rounds);
      print(outcome);
      if (!outcome.isEqual()) {
        return Millrace.PENDING;
      }
      found.add(outcome);
    }
    if (raw != null) {
      String today = LocalDate.now(ZoneOffset.UTC).toString();
      Files.writeString(
          raw, JsonText.of(new PitOutcome(today, PitMachine.commit(), machine, found)));
    }
    return smoke || isConclusive(found.get(0)) ? 0 : Millrace.PENDING;
  }

  private void print(PitOutcome.Workload outcome) {
    var text = new PitText(outcome);
    PrintStream out = terminal.out();
    out.println();
    text.heading().forEach(out::println);
    if (!outcome.isEqual()) {
      out.println("the results differ: no times");
    } else if (!smoke) {
      text.descriptions().forEach(out::println);
      text.table().forEach(out::println);
      text.ratios().forEach(out::println);
    }
    out.flush();
  }

  /** Whether the usual plan was measured, and ours stays ahead as far as it should. */
  private boolean isConclusive(PitOutcome.Workload outcome) {
    OptionalDouble ratio = new PitText(outcome).ratio(PitText.USUAL);
    return ratio.isPresent() && ratio.getAsDouble() >= TARGET;
  }
}
