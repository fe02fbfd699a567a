package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The oracle's numbers, against figures worked out by hand. */
class NaiveAggregatesTest {
  @Test
  void decimalsKeepTheirScaleInSumsAndDivideByItElsewhere() {
    List<OracleEvent> amounts = events(1_05L, 2_10L, 4_00L);

    assertThat(value(Aggregate.SUM, 2, 0, InputType.INTEGER, amounts)).isEqualTo(7_15L);
    assertThat(value(Aggregate.MEAN, 2, 0, InputType.INTEGER, amounts)).isEqualTo(7.15 / 3);
    assertThat(value(Aggregate.MAX, 2, 0, InputType.INTEGER, amounts)).isEqualTo(4_00L);
    assertThat(value(Aggregate.QUANTILE, 2, 0.5, InputType.INTEGER, amounts)).isEqualTo(2.1);
  }

  @Test
  void varianceIsThatOfThePopulationAndNeverCancels() {
    List<OracleEvent> far = events(1e12 + 1, 1e12 + 2, 1e12 + 3, 1e12 + 4);

    assertThat(value(Aggregate.VARIANCE, 0, 0, InputType.DOUBLE, far)).isEqualTo(1.25);
    assertThat(value(Aggregate.STD_DEV, 0, 0, InputType.DOUBLE, far)).isEqualTo(Math.sqrt(1.25));
    assertThat(value(Aggregate.VARIANCE, 0, 0, InputType.DOUBLE, events(0.1, 0.1, 0.1)))
        .isEqualTo(0.0);
  }

  @Test
  void emptyWindowsCountZeroAndKnowNothingElse() {
    for (Aggregate aggregate : Aggregate.values()) {
      Object value = value(aggregate, 0, 0.5, InputType.DOUBLE, List.of());
      switch (aggregate) {
        case COUNT, COUNT_DISTINCT -> assertThat(value).isEqualTo(0L);
        case SUM -> assertThat(value).isEqualTo(0.0);
        case MEAN, MIN, MAX, VARIANCE, STD_DEV, QUANTILE, FIRST, LAST -> assertThat(value).isNull();
      }
    }
  }

  @Test
  void firstAndLastBreakTiesByIdAndTextIdsGoByUnsignedBytes() {
    var inOrder = new ArrayList<OracleEvent>();
    for (String id : List.of("Z", "a", "b", "é")) {
      inOrder.add(new OracleEvent(5, 10, EventId.of(id), List.of("value of " + id)));
    }
    assertThat(value(Aggregate.FIRST, 0, 0, InputType.TEXT, inOrder)).isEqualTo("value of Z");
    assertThat(value(Aggregate.LAST, 0, 0, InputType.TEXT, inOrder)).isEqualTo("value of é");
    assertThat(EventId.of(9)).isLessThan(EventId.of(10)).isGreaterThan(EventId.of(-1));
  }

  @Test
  void fixedPointRoundsHalfToEven() {
    assertThat(ExactNumbers.toFixed(0x1p-64)).isEqualTo(1);
    assertThat(ExactNumbers.toFixed(0x1p-65)).isZero();
    assertThat(ExactNumbers.toFixed(0x1.8p-64)).isEqualTo(2);
    assertThat(ExactNumbers.toFixed(-0x1.8p-64)).isEqualTo(-2);
    assertThat(ExactNumbers.toFixed(1.5)).isEqualTo(BigInteger.valueOf(3).shiftLeft(63));
  }

  @Test
  void quotientsAreRoundedOnceLikeDecimalsAre() {
    long seed = 42;
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      var numerator = new BigInteger(1 + random.nextInt(200), random);
      var denominator = BigInteger.ONE.shiftLeft(random.nextInt(120));
      // A power of two divides without remainder in decimals, and their parser rounds correctly.
      double expected = new BigDecimal(numerator).divide(new BigDecimal(denominator)).doubleValue();
      assertThat(ExactNumbers.toDouble(numerator.negate(), denominator))
          .as("seed %d, %s / %s", seed, numerator, denominator)
          .isEqualTo(-expected == 0 ? 0.0 : -expected);
    }
    assertThat(ExactNumbers.toDouble(BigInteger.ONE, BigInteger.valueOf(3))).isEqualTo(1 / 3.0);
    assertThat(ExactNumbers.toDouble(BigInteger.TWO, BigInteger.valueOf(3))).isEqualTo(2 / 3.0);
  }

  private static List<OracleEvent> events(Object... values) {
    var events = new ArrayList<OracleEvent>();
    for (int i = 0; i < values.length; i++) {
      events.add(new OracleEvent(i, 10, EventId.of(i), List.of(values[i])));
    }
    return events;
  }

  private static Object value(
      Aggregate aggregate, int scale, double quantile, InputType type, List<OracleEvent> events) {
    return NaiveAggregates.value(
        new WindowColumn(0, aggregate, 1000, 1000, 0, scale, quantile), type, events);
  }
}
