package dev.millrace.local.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The figures of a {@code bench pit} as lines of Markdown, the same on a terminal and in docs. */
public final class PitText {
  /** The name of our join. */
  public static final String OURS = "millrace";

  /** The name of Spark's usual plan. */
  public static final String USUAL = "spark-union-last";

  /** Fewer rounds than this say nothing (performance.md §6, rule 4). */
  private static final int LEAST_ROUNDS = 3;

  private final PitOutcome.Workload workload;

  public PitText(PitOutcome.Workload workload) {
    this.workload = workload;
  }

  /** What was computed, and whether all agree. */
  public List<String> heading() {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d events, %,d anchors, %,d keys, 5 windows x 4 aggregates, seed %d;"
                + " feature log %.2f rows per event",
            workload.pace(),
            workload.events(),
            workload.anchors(),
            workload.keys(),
            workload.seed(),
            workload.rowsPerEvent()));
    workload
        .checks()
        .forEach(
            (contender, check) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "%-16s  %,d rows, hash %s, %,d of %,d recomputed rows equal",
                        contender,
                        check.rows(),
                        check.hash(),
                        check.sampled() - check.wrong(),
                        check.sampled())));
    return lines;
  }

  /** A table with a line per contender. */
  public List<String> table() {
    var lines = new ArrayList<String>();
    lines.add(
        "| contender | CPU s: median | min | max | CPU s with start | wall s | peak MiB | rounds"
            + " kept of all | most foreign load |");
    lines.add("|---|---|---|---|---|---|---|---|---|");
    contenders().forEach(contender -> lines.add(line(contender)));
    return lines;
  }

  private String line(String contender) {
    List<PitRound> all = rounds(contender);
    List<PitRound> kept = all.stream().filter(PitRound::isKept).toList();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %s | %d of %d | %.0f %% |",
        contender,
        text(median(kept, PitRound::cpuSeconds)),
        text(kept.stream().mapToDouble(PitRound::cpuSeconds).min()),
        text(kept.stream().mapToDouble(PitRound::cpuSeconds).max()),
        text(median(kept, round -> round.cpuSeconds() + round.startCpuSeconds())),
        text(median(kept, PitRound::wallSeconds)),
        text(kept.stream().mapToDouble(PitRound::peakMiB).max(), "%,.0f"),
        kept.size(),
        all.size(),
        100 * kept.stream().mapToDouble(PitRound::foreignShare).max().orElse(0));
  }

  /** Medians of the others over ours. */
  public List<String> ratios() {
    var lines = new ArrayList<String>();
    for (String contender : contenders()) {
      if (contender.startsWith(OURS)) {
        continue;
      }
      OptionalDouble ratio = ratio(contender);
      lines.add(
          contender
              + " over "
              + OURS
              + ": "
              + (ratio.isPresent()
                  ? String.format(Locale.ROOT, "%.2f times the CPU", ratio.getAsDouble())
                  : "inconclusive, fewer than " + LEAST_ROUNDS + " rounds kept"));
    }
    return lines;
  }

  /** A contender's median CPU over ours; nothing with too few rounds. */
  public OptionalDouble ratio(String contender) {
    List<PitRound> theirs = rounds(contender).stream().filter(PitRound::isKept).toList();
    List<PitRound> ours = rounds(OURS).stream().filter(PitRound::isKept).toList();
    if (theirs.size() < LEAST_ROUNDS || ours.size() < LEAST_ROUNDS) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        median(theirs, PitRound::cpuSeconds).getAsDouble()
            / median(ours, PitRound::cpuSeconds).getAsDouble());
  }

  /** What each contender does. */
  public List<String> descriptions() {
    return contenders().stream()
        .map(contender -> contender + ": " + rounds(contender).get(0).description())
        .toList();
  }

  private List<String> contenders() {
    return workload.rounds().stream().map(PitRound::contender).distinct().toList();
  }

  private List<PitRound> rounds(String contender) {
    return workload.rounds().stream().filter(round -> round.contender().equals(contender)).toList();
  }

  private static OptionalDouble median(List<PitRound> rounds, ToDoubleFunction<PitRound> figure) {
    if (rounds.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Double> sorted =
        rounds.stream().map(figure::applyAsDouble).sorted(Comparator.naturalOrder()).toList();
    return OptionalDouble.of(sorted.get(sorted.size() / 2));
  }

  private static String text(OptionalDouble figure) {
    return text(figure, "%.1f");
  }

  private static String text(OptionalDouble figure, String form) {
    return figure.isPresent() ? String.format(Locale.ROOT, form, figure.getAsDouble()) : "–";
  }
}
