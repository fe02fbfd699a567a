package dev.millrace.spark.label;

import dev.millrace.contract.Attribution;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.LabelMatch;
import java.util.List;
import java.util.Map;

/**
 * How far the label feed has come (semantics.md §8).
 *
 * @param watermark label watermark, epoch milliseconds; {@link Long#MIN_VALUE} while nothing may be
 *     finalised
 * @param silentPartitions partitions that delivered once and have been silent for longer than
 *     {@code stalledAfter}
 */
public record LabelClock(long watermark, List<Integer> silentPartitions) {
  public LabelClock {
    silentPartitions = List.copyOf(silentPartitions);
  }

  /** The clock as of an instant, over the partitions that ever delivered. */
  public static LabelClock of(
      LabelDefinition label, Map<Integer, LabelPartition> partitions, long asOfMillis) {
    List<Integer> silent =
        partitions.entrySet().stream()
            .filter(e -> asOfMillis - e.getValue().lastArrival() > label.stalledAfterMillis())
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    long last =
        partitions.values().stream()
            .mapToLong(LabelPartition::lastEventTime)
            .max()
            .orElse(Long.MIN_VALUE);
    if (!silent.isEmpty() || last == Long.MIN_VALUE) {
      return new LabelClock(Long.MIN_VALUE, silent);
    }
    return new LabelClock(last - label.schema().maxOutOfOrdernessMillis(), silent);
  }

  /**
   * The newest t0 that is mature; {@link Long#MIN_VALUE} if none is.
   *
   * @param archiveClock the least archive clock of the joined pipelines
   */
  public long matureTo(LabelDefinition label, long archiveClock) {
    if (watermark == Long.MIN_VALUE || archiveClock == Long.MIN_VALUE) {
      return Long.MIN_VALUE;
    }
    return Math.min(watermark - horizonMillis(label), archiveClock - competitionMillis(label));
  }

  /**
   * How long after t0 another anchor can still take an outcome away: the archive must be complete
   * up to there. Nothing when an outcome names its anchor, or every anchor gets it, or the first
   * one, which is older.
   */
  private static long competitionMillis(LabelDefinition label) {
    boolean last =
        label.match() instanceof LabelMatch.ByEntity
            && label.attribution() == Attribution.LAST_TOUCH;
    return last ? label.gapMillis() + label.attributionWindowMillis() : 0;
  }

  /** From t0 until its label is final: gap + attribution window + label delay. */
  public static long horizonMillis(LabelDefinition label) {
    return label.gapMillis() + label.attributionWindowMillis() + label.labelDelayMillis();
  }
}
