package dev.millrace.operator.controller.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The law of reliability.md §4.1: min(cap, 1 s × 2^n) ± 20 %, for ever. */
class UnlimitedRetryTest {
  private static final long SEED = 20_261_122L;
  private static final Duration CAP = Duration.ofMinutes(5);

  @Test
  void delaysDoubleUpToTheCapWithinTwentyPercent() {
    var retry = new UnlimitedRetry(CAP, new Random(SEED));

    for (int resource = 0; resource < 500; resource++) {
      RetryExecution attempts = retry.initExecution();
      for (int n = 0; n < 40; n++) {
        double exact = Math.min(CAP.toMillis(), 1000 * Math.pow(2, n));
        assertThat(attempts.nextDelay().orElseThrow().doubleValue())
            .as("seed %d, resource %d, failure %d", SEED, resource, n)
            .isBetween(exact * 0.8 - 1, exact * 1.2 + 1);
      }
    }
  }

  @Test
  void jitterUsesTheWholeRange() {
    var retry = new UnlimitedRetry(CAP, new Random(SEED));
    var delays = new HashSet<Long>();
    double sum = 0;
    int times = 2_000;
    for (int i = 0; i < times; i++) {
      long delay = retry.initExecution().nextDelay().orElseThrow();
      delays.add(delay);
      sum += delay;
    }

    assertThat(sum / times).as("seed %d", SEED).isBetween(990.0, 1010.0);
    assertThat(delays).as("seed %d", SEED).anyMatch(d -> d < 820).anyMatch(d -> d > 1180);
  }

  @Test
  void neverGivesUp() {
    RetryExecution attempts = new UnlimitedRetry(CAP, new Random(SEED)).initExecution();

    for (int i = 0; i < 100_000; i++) {
      assertThat(attempts.nextDelay()).isPresent();
    }
    assertThat(attempts.isLastAttempt()).isFalse();
    assertThat(attempts.getAttemptCount()).isEqualTo(100_000);
  }

  @Test
  void aSuccessStartsOver() {
    var retry = new UnlimitedRetry(CAP, new Random(SEED));
    RetryExecution failed = retry.initExecution();
    for (int i = 0; i < 20; i++) {
      failed.nextDelay();
    }

    assertThat(retry.initExecution().nextDelay().orElseThrow()).isLessThanOrEqualTo(1200);
  }

  @Test
  void refusesACapBelowTheFirstDelay() {
    assertThatThrownBy(() -> new UnlimitedRetry(Duration.ofMillis(10), new Random(SEED)))
        .hasMessage("cap must be at least PT1S, got PT0.01S");
  }
}
