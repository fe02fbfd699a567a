package dev.millrace.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Figures from rounds, and docs/benchmarks.md from the rounds that lie beside it. */
class PitTextTest {
  private static final Path DOCS = Path.of(System.getProperty("millrace.root"), "docs");

  @Test
  void comparesMediansOfTheRoundsThatCount() {
    var text =
        new PitText(
            workload(
                round("millrace", 10, 0.01),
                round("millrace", 12, 0.01),
                round("millrace", 50, 0.01),
                round("millrace", 1, 0.16),
                round("spark-union-last", 60, 0),
                round("spark-union-last", 66, 0),
                round("spark-union-last", 72, 0)));
    assertThat(text.ratio("spark-union-last").getAsDouble()).isEqualTo(66.0 / 12);
    assertThat(text.ratios()).containsExactly("spark-union-last over millrace: 5.50 times the CPU");
    assertThat(text.table().get(2))
        .isEqualTo("| millrace | 12.0 | 10.0 | 50.0 | 15.0 | 12.0 | 900 | 3 of 4 | 1 % |");
  }

  @Test
  void concludesNothingFromTwoRounds() {
    var text =
        new PitText(
            workload(
                round("millrace", 10, 0),
                round("millrace", 10, 0),
                round("millrace", 10, 0.5),
                round("spark-union-last", 60, 0)));
    assertThat(text.ratio("spark-union-last")).isEmpty();
    assertThat(text.ratios())
        .containsExactly("spark-union-last over millrace: inconclusive, fewer than 3 rounds kept");
  }

  @Test
  void findsRowsThatDiffer() {
    var same = new PitOutcome.Check(10, "a", 5, 0);
    assertThat(checked(same, new PitOutcome.Check(10, "b", 5, 0)).isEqual()).isFalse();
    assertThat(checked(same, new PitOutcome.Check(10, "a", 5, 1)).isEqual()).isFalse();
    assertThat(checked(same, new PitOutcome.Check(10, "a", 0, 0)).isEqual()).isFalse();
    assertThat(checked(same, same).isEqual()).isTrue();
  }

  @Test
  void documentationShowsTheRoundsBesideIt() throws Exception {
    var outcome =
        new ObjectMapper()
            .readValue(DOCS.resolve("benchmarks/pit.json").toFile(), PitOutcome.class);
    String page = Files.readString(DOCS.resolve("benchmarks.md"));
    var lines = new ArrayList<String>(List.of(outcome.date(), outcome.commit(), outcome.machine()));
    for (var workload : outcome.workloads()) {
      var text = new PitText(workload);
      lines.addAll(text.heading());
      lines.addAll(text.descriptions());
      lines.addAll(text.table());
      lines.addAll(text.ratios());
    }
    assertThat(page).contains(lines);
  }

  private static PitOutcome.Workload checked(PitOutcome.Check first, PitOutcome.Check second) {
    return new PitOutcome.Workload(
        "paced", 1, 1, 1, 7, 1, Map.of("millrace", first, "peer", second), List.of());
  }

  private static PitOutcome.Workload workload(PitRound... rounds) {
    return new PitOutcome.Workload("paced", 1, 1, 1, 7, 1, Map.of(), List.of(rounds));
  }

  private static PitRound round(String contender, double cpu, double foreign) {
    return new PitRound(contender, "does it", cpu, cpu, 3, 900, foreign);
  }
}
