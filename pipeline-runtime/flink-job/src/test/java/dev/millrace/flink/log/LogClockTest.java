package dev.millrace.flink.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.LogJudge;
import org.junit.jupiter.api.Test;

class LogClockTest {
  private static final long OUT_OF_ORDERNESS = 10;
  private static final long IDLE_TIMEOUT = 100;

  private final LogClock clock = new LogClock(OUT_OF_ORDERNESS, IDLE_TIMEOUT);
  private final PartitionLog first = partition(0);
  private final PartitionLog second = partition(1);

  @Test
  void standsUntilEveryActivePartitionHasAnEvent() {
    event(first, 1_000, 1_000);
    assertThat(clock.now()).isEqualTo(LogClock.NOT_STARTED);

    event(second, 2_000, 2_000);
    assertThat(clock.now()).isEqualTo(990);
  }

  @Test
  void isTheSlowestActivePartition() {
    event(first, 1_000, 1_000);
    event(second, 5_000, 5_000);
    event(first, 3_000, 3_000);
    assertThat(clock.now()).isEqualTo(2_990);

    first.idle = true;
    clock.advance(50_000);
    assertThat(clock.now()).isEqualTo(4_990);
  }

  @Test
  void neverGoesBackWhenAPartitionWakesUp() {
    event(first, 5_000, 5_000);
    second.idle = true;
    clock.advance(6_000);
    assertThat(clock.now()).isEqualTo(4_990);

    second.idle = false;
    event(second, 1_000, 6_000);
    assertThat(clock.now()).isEqualTo(4_990);
    event(second, 4_000, 6_000);
    event(first, 9_000, 9_000);
    assertThat(clock.now()).isEqualTo(4_990);
    event(second, 8_000, 9_000);
    assertThat(clock.now()).isEqualTo(7_990);
  }

  @Test
  void goesOnAtTheWallsPaceFromWhereTheDataStoodWhenAllAreIdle() {
    long lag = 1_000_000;
    event(first, 5_000, 5_000 + lag);
    event(second, 5_000, 5_000 + 2 * lag);
    first.idle = true;
    second.idle = true;

    clock.advance(5_000 + lag + IDLE_TIMEOUT + 7);
    assertThat(clock.now()).isEqualTo(5_000 - OUT_OF_ORDERNESS + 7);
    clock.advance(5_000 + lag + IDLE_TIMEOUT + 1_007);
    assertThat(clock.now()).isEqualTo(5_000 - OUT_OF_ORDERNESS + 1_007);
  }

  @Test
  void neverStartsWithoutAnEvent() {
    first.idle = true;
    second.idle = true;
    clock.advance(1_000_000);
    assertThat(clock.now()).isEqualTo(LogClock.NOT_STARTED);
  }

  @Test
  void resumesAtTheRestoredClock() {
    clock.restore(7_000);
    event(first, 5_000, 5_000);
    event(second, 5_000, 5_000);
    assertThat(clock.now()).isEqualTo(7_000);
  }

  private PartitionLog partition(int number) {
    var partition = new PartitionLog(number, new LogJudge(1, OUT_OF_ORDERNESS, 0, 0), 0, 0);
    clock.add(partition);
    return partition;
  }

  private void event(PartitionLog partition, long ts, long arrival) {
    long before = partition.judge.progress();
    partition.judge.judge(ts, arrival);
    if (partition.judge.progress() != before) {
      clock.progressed(before);
    }
  }
}
