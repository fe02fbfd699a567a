package dev.millrace.operator.controller.retry;

import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tries again for ever: after {@code min(cap, 1 s × 2^n)}, give or take 20 % so that resources that
 * failed together do not come back together (reliability.md §4.1). A success starts over. The
 * framework's own retry has no jitter and by default gives up after five attempts.
 */
public final class UnlimitedRetry implements Retry {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final double JITTER = 0.2;

  /** 2^20 s is beyond every cap. */
  private static final int LARGEST_EXPONENT = 20;

  private final long capMillis;
  private final RandomGenerator random;

  /**
   * @param cap longest delay, before jitter
   * @param random source of jitter; must be safe for use by several threads, as {@link
   *     java.util.Random} is
   */
  public UnlimitedRetry(Duration cap, RandomGenerator random) {
    if (cap.compareTo(FIRST) < 0) {
      throw new IllegalArgumentException("cap must be at least " + FIRST + ", got " + cap);
    }
    this.capMillis = cap.toMillis();
    this.random = random;
  }

  @Override
  public RetryExecution initExecution() {
    return new Attempts();
  }

  private long delay(int failures) {
    long exact = Math.min(capMillis, FIRST.toMillis() << Math.min(failures, LARGEST_EXPONENT));
    return Math.round(exact * (1 - JITTER + 2 * JITTER * random.nextDouble()));
  }

  /** Attempts at one resource since its last success. */
  private final class Attempts implements RetryExecution {
    private int failures;

    @Override
    public Optional<Long> nextDelay() {
      long delay = delay(failures);
      failures = Math.min(failures + 1, Integer.MAX_VALUE - 1);
      return Optional.of(delay);
    }

    @Override
    public int getAttemptCount() {
      return failures;
    }

    @Override
    public boolean isLastAttempt() {
      return false;
    }
  }
}
