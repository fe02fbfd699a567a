package dev.millrace.spark.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.LabelDefinition;
import dev.millrace.spark.fixture.ShopDefinition;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The label watermark of semantics.md §8. */
class LabelClockTest {
  private static final long AS_OF = 100 * ShopDefinition.DAY;

  private final LabelDefinition label = ShopDefinition.label();

  private static LabelPartition partition(long lastArrival, long lastEventTime) {
    return new LabelPartition(1, 0, lastArrival, lastEventTime);
  }

  @Test
  void isTheNewestLabelOfAllPartitions() {
    var clock =
        LabelClock.of(
            label, Map.of(0, partition(AS_OF, AS_OF - 10), 1, partition(AS_OF, AS_OF - 99)), AS_OF);

    assertThat(clock.watermark()).isEqualTo(AS_OF - 10);
    assertThat(clock.silentPartitions()).isEmpty();
  }

  @Test
  void standsStillWhenOnePartitionIsSilentForLongerThanAllowed() {
    long silence = label.stalledAfterMillis();
    var alive = partition(AS_OF, AS_OF - 10);

    assertThat(LabelClock.of(label, Map.of(0, alive, 1, partition(AS_OF - silence, 5)), AS_OF))
        .isEqualTo(new LabelClock(AS_OF - 10, java.util.List.of()));
    assertThat(LabelClock.of(label, Map.of(0, alive, 1, partition(AS_OF - silence - 1, 5)), AS_OF))
        .isEqualTo(new LabelClock(Long.MIN_VALUE, java.util.List.of(1)));
  }

  @Test
  void nothingIsMatureWithoutLabels() {
    var clock = LabelClock.of(label, Map.of(), AS_OF);

    assertThat(clock.matureTo(label, AS_OF)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void anAnchorIsMatureWhenLabelsAndArchiveHaveReachedIt() {
    long horizon = 8 * ShopDefinition.DAY;
    var clock = LabelClock.of(label, Map.of(0, partition(AS_OF, AS_OF - 10)), AS_OF);

    assertThat(clock.matureTo(label, AS_OF)).isEqualTo(AS_OF - 10 - horizon);
    assertThat(clock.matureTo(label, 77)).isEqualTo(77);
  }
}
