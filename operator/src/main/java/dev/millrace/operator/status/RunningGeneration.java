package dev.millrace.operator.status;

import dev.millrace.contract.Reason;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Generation whose job runs while a newer one waits for a savepoint (reliability.md §6, rows 76,
 * 77). {@code status.observedGeneration} has moved by then, and only the last message still knows
 * it; so it is read from there, as the one memory that needs no object of its own.
 */
public final class RunningGeneration {
  private static final Pattern TOLD =
      Pattern.compile("savepoint of generation (\\d{1,16})|generation (\\d{1,16}) runs on");

  private static final List<String> WAITING =
      List.of(Reason.UPGRADING.text(), Reason.SAVEPOINT_FAILED.text());

  private RunningGeneration() {}

  /** The generation, or -1 before any. */
  public static long of(FeaturePipelineStatus previous) {
    if (previous == null || previous.getObservedGeneration() == null) {
      return -1;
    }
    return told(previous).orElse(previous.getObservedGeneration());
  }

  /** What a waiting change says. */
  static String text(long waiting, long running) {
    return "generation " + waiting + " waits for the savepoint of generation " + running;
  }

  private static Optional<Long> told(FeaturePipelineStatus previous) {
    if (previous.getConditions() == null) {
      return Optional.empty();
    }
    return previous.getConditions().stream()
        .filter(each -> ConditionType.DEFINITION_IN_SYNC.text().equals(each.getType()))
        .filter(each -> WAITING.contains(each.getReason()))
        .map(each -> TOLD.matcher(each.getMessage()))
        .filter(Matcher::find)
        .map(match -> Long.valueOf(match.group(match.group(1) == null ? 2 : 1)))
        .findFirst();
  }
}
