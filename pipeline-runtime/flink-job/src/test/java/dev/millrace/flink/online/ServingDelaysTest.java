package dev.millrace.flink.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.ServingDelayFile;
import org.junit.jupiter.api.Test;

/** Which grid points count, and what their delays are. */
class ServingDelaysTest {
  private static final long START = 1_700_000_000_000L / 30_000 * 30_000;
  private static final long SLIDE = 30_000;
  private static final long HOUR = 3_600_000;

  private final ServingDelays delays = new ServingDelays(SLIDE);

  /** Acknowledges grid points at the pace of the wall clock. */
  private long live(long from, int points, long delay) {
    for (int i = 0; i < points; i++) {
      delays.acknowledged(from + i * SLIDE, from + i * SLIDE + delay);
    }
    return from + points * SLIDE;
  }

  private ServingDelayFile measured() {
    return delays.measured(3).orElseThrow();
  }

  @Test
  void measuresALiveJob() {
    live(START, 100, 12_000);
    assertThat(measured().p50Millis()).isEqualTo(12_000);
    assertThat(measured().p95Millis()).isEqualTo(12_000);
    assertThat(measured().version()).isEqualTo(3);
    assertThat(measured().asOf()).isEqualTo(START + 99 * SLIDE);
  }

  @Test
  void ranksByNearestRank() {
    long t = live(START, 4, 0); // the first two minutes do not count
    for (int i = 1; i <= 100; i++) {
      delays.acknowledged(t, t + i * 100);
      t += SLIDE;
    }
    assertThat(measured().count()).isEqualTo(100);
    assertThat(measured().p50Millis()).isEqualTo(5_000);
    assertThat(measured().p95Millis()).isEqualTo(9_500);
    assertThat(measured().p99Millis()).isEqualTo(9_900);
  }

  @Test
  void leavesOutAReplay() {
    long wall = START + 10_000 * HOUR;
    for (int i = 0; i < 10_000; i++) {
      delays.acknowledged(START + i * SLIDE, wall + i * 50L);
    }
    assertThat(delays.measured(1)).isEmpty();
  }

  /** Half an hour down, caught up within a minute and a half, then live again. */
  @Test
  void leavesOutWhatAnOutageHeldUp() {
    long t = live(START, 100, 12_000);
    long wall = t + HOUR / 2;
    while (t + 12_000 < wall) {
      delays.acknowledged(t, wall);
      t += SLIDE;
      wall += 1_500;
    }
    live(t, 400, 12_000);
    assertThat(measured().p99Millis()).isEqualTo(12_000);
    assertThat(measured().count()).isGreaterThan(480);
  }

  /** Event time at half the speed of the wall clock: that is no catching up. */
  @Test
  void countsAJobThatIsTooSlow() {
    for (int i = 0; i < 200; i++) {
      delays.acknowledged(START + i * SLIDE, START + i * 2 * SLIDE);
    }
    assertThat(measured().p95Millis()).isGreaterThan(180 * SLIDE);
  }

  @Test
  void forgetsWhatIsADayOld() {
    long t = live(START, 3_000, 60_000);
    live(t, 2_880, 12_000);
    assertThat(measured().count()).isEqualTo(2_880);
    assertThat(measured().p99Millis()).isEqualTo(12_000);
  }
}
