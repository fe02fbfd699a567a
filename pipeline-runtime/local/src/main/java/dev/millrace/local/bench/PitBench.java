package dev.millrace.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.process.FolderDeletion;
import dev.millrace.local.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One workload: generated, computed by every contender in turn, compared, and only then timed
 * (performance.md §6).
 */
public final class PitBench {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Size size;
  private final Terminal terminal;

  /**
   * How much is generated.
   *
   * @param events number of events
   * @param keys number of keys
   * @param seed of the generator
   */
  public record Size(long events, long keys, long seed) {}

  public PitBench(Path folder, Size size, Terminal terminal) {
    this.folder = folder;
    this.size = size;
    this.terminal = terminal;
  }

  /**
   * Runs.
   *
   * @param pace name of the workload
   * @param contenders names, ours among them
   * @param rounds how often each runs
   */
  public PitOutcome.Workload run(String pace, List<String> contenders, int rounds)
      throws Exception {
    Path data = folder.resolve(pace);
    List<String> workload =
        List.of(
            data.toString(),
            pace,
            Long.toString(size.events()),
            Long.toString(size.keys()),
            Long.toString(size.seed()));
    terminal.err().println("generating " + pace + " in " + data);
    FolderDeletion.of(data);
    Files.createDirectories(data.resolve("tmp"));
    new BenchJvm(data).run("PitGenerator", workload);
    var found = new ArrayList<PitRound>();
    Comparison comparison = null;
    try (var labels = new LabelTopicFeed(data.resolve("kafka"), data.resolve("labels"))) {
      var jvm = new BenchJvm(data).with("millrace.bench.kafka", labels.bootstrapServers());
      for (int round = 1; round <= rounds; round++) {
        for (String contender : contenders) {
          terminal.err().println("round " + round + " of " + rounds + ": " + contender);
          FolderDeletion.of(data.resolve("result-" + contender));
          found.add(round(jvm, data, contender, workload));
        }
        comparison = compare(data, contenders, workload);
      }
    }
    return new PitOutcome.Workload(
        pace,
        size.events(),
        comparison.anchors(),
        size.keys(),
        size.seed(),
        (double) comparison.logRows() / size.events(),
        comparison.checks(),
        found);
  }

  /** What the contenders wrote in a round. */
  private record Comparison(long anchors, long logRows, Map<String, PitOutcome.Check> checks) {}

  private static Comparison compare(Path data, List<String> contenders, List<String> workload)
      throws IOException {
    Path file = data.resolve("check.json");
    var arguments = new ArrayList<>(workload);
    arguments.add(file.toString());
    arguments.addAll(contenders);
    new BenchJvm(data).run("PitCheck", arguments);
    return JSON.readValue(file.toFile(), Comparison.class);
  }

  private PitRound round(BenchJvm jvm, Path data, String contender, List<String> workload)
      throws IOException {
    Path figures = data.resolve("round.json");
    var before = ProcessorTime.now();
    jvm.run("PitRun", with(contender, workload, figures.toString()));
    var after = ProcessorTime.now();
    double foreign =
        before.isPresent() && after.isPresent() ? after.get().foreignSince(before.get()) : -1;
    return JSON.readValue(figures.toFile(), PitRound.class).withForeign(foreign);
  }

  private static List<String> with(String first, List<String> between, String last) {
    var all = new ArrayList<String>();
    all.add(first);
    all.addAll(between);
    all.add(last);
    return all;
  }
}
