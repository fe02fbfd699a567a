package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Exact sums and correctly rounded quotients against BigInteger and BigDecimal. */
class NumericsTest {
  private static final BigDecimal UNIT = new BigDecimal(BigInteger.ONE.shiftLeft(64));

  @Provide
  Arbitrary<Double> inRange() {
    var exponents =
        Arbitraries.longs()
            .map(
                bits ->
                    Double.longBitsToDouble(
                        bits & 0x800fffffffffffffL | (bits >>> 3 & 0x3ffL) << 52));
    return Arbitraries.oneOf(
            Arbitraries.doubles().between(-8.7e12, 8.7e12),
            exponents,
            Arbitraries.of(0.0, 0x1p-64, 0x1p-65, 0x1.8p-64, -0x1p-65, 0x1p-1074, -1.5, 0.1))
        .filter(x -> Math.abs(x) < EventInputs.DOUBLE_LIMIT);
  }

  @Property(tries = 5000)
  void roundsADoubleOnceHalfToEven(@ForAll("inRange") double x) {
    var expected =
        new BigDecimal(x).multiply(UNIT).setScale(0, RoundingMode.HALF_EVEN).toBigIntegerExact();
    assertThat(signed(FixedPoint.high(x), FixedPoint.low(x))).isEqualTo(expected);
  }

  @Property(tries = 2000)
  void addsSquaresExactlyAndTakesThemAwayAgain(
      @ForAll @Size(min = 1, max = 8) long[] highs, @ForAll @Size(min = 8, max = 8) long[] lows) {
    var sum = new long[4];
    var expected = BigInteger.ZERO;
    for (int i = 0; i < highs.length; i++) {
      long high = highs[i] >> 4; // leaves room for the sum of eight squares
      Wide.addSquare(sum, 0, high, lows[i]);
      var value = signed(high, lows[i]);
      expected = expected.add(value.multiply(value));
    }
    assertThat(unsigned(sum)).isEqualTo(expected);
    var copy = sum.clone();
    Wide.add256(sum, 0, copy, 0);
    assertThat(unsigned(sum)).isEqualTo(expected.shiftLeft(1));
    Wide.subtract256(sum, 0, copy, 0);
    assertThat(sum).isEqualTo(copy);
  }

  @Property(tries = 2000)
  void addsAndSubtracts128Bits(
      @ForAll long aHigh, @ForAll long aLow, @ForAll long bHigh, @ForAll long bLow) {
    var word = new long[] {aHigh >> 1, aLow};
    Wide.add128(word, 0, bHigh >> 1, bLow);
    assertThat(signed(word[0], word[1]))
        .isEqualTo(signed(aHigh >> 1, aLow).add(signed(bHigh >> 1, bLow)));
    Wide.subtract128(word, 0, bHigh >> 1, bLow);
    assertThat(word).containsExactly(aHigh >> 1, aLow);
  }

  @Property(tries = 5000)
  void dividesWithOneRounding(
      @ForAll long high,
      @ForAll long low,
      @ForAll @LongRange(min = 1) long n,
      @ForAll @IntRange(max = 18) int scale,
      @ForAll boolean small) {
    long h = small ? low >> 63 : high;
    double quotient =
        new WideRatio()
            .begin()
            .numerator128(h, low)
            .times(n)
            .times(WideRatio.POWERS_OF_TEN[scale])
            .quotient(FixedPoint.EXPONENT);
    var denominator =
        new BigDecimal(BigInteger.valueOf(n)).multiply(BigDecimal.TEN.pow(scale)).multiply(UNIT);
    assertThat(quotient).isEqualTo(nearest(signed(h, low).abs(), denominator));
  }

  @Property(tries = 3000)
  void variesExactly(@ForAll @Size(min = 1, max = 20) long[] values) {
    var totals = new long[6];
    var n = BigInteger.valueOf(values.length);
    var sum = BigInteger.ZERO;
    var squares = BigInteger.ZERO;
    for (long value : values) {
      Wide.add128(totals, 0, value >> 63, value);
      Wide.addSquare(totals, 2, value >> 63, value);
      sum = sum.add(BigInteger.valueOf(value));
      squares = squares.add(BigInteger.valueOf(value).pow(2));
    }
    double variance =
        new WideRatio()
            .begin()
            .numeratorOfVariance(values.length, totals, 2, totals[0], totals[1])
            .times(values.length)
            .times(values.length)
            .quotient(0);
    var numerator = n.multiply(squares).subtract(sum.multiply(sum));
    assertThat(variance).isEqualTo(nearest(numerator, new BigDecimal(n.multiply(n))));
  }

  @Test
  void keepsTheOrderOfDoubles() {
    double[] ordered = {Double.NEGATIVE_INFINITY, -2.5, -0x1p-1074, 0.0, 1e-300, 1, 1e300};
    for (int i = 1; i < ordered.length; i++) {
      long before = Double.doubleToRawLongBits(ordered[i - 1]);
      long after = Double.doubleToRawLongBits(ordered[i]);
      assertThat(Sortable.of(InputType.DOUBLE, before))
          .isLessThan(Sortable.of(InputType.DOUBLE, after));
      assertThat(Sortable.of(InputType.DOUBLE, Sortable.of(InputType.DOUBLE, after)))
          .isEqualTo(after);
    }
  }

  @Property(tries = 2000)
  void keepsABucketsValuesWithinOnePercent(@ForAll("inRange") double x) {
    double representative = Histogram.representative(Histogram.key(x));
    assertThat(Math.abs(representative - x)).isLessThanOrEqualTo(Math.abs(x) * 0.010000001);
  }

  @Property(tries = 1000)
  void ordersBucketsLikeValues(@ForAll("inRange") double a, @ForAll("inRange") double b) {
    assertThat(Integer.compare(Histogram.key(a), Histogram.key(b)))
        .isIn(0, Double.compare(a + 0.0, b + 0.0));
  }

  private static BigInteger signed(long high, long low) {
    return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
  }

  private static BigInteger unsigned(long[] words) {
    var value = BigInteger.ZERO;
    for (int i = words.length - 1; i >= 0; i--) {
      value = value.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(words[i])));
    }
    return value;
  }

  /** Nearest double, half to even, by an exact comparison of the two neighbours. */
  private static double nearest(BigInteger numerator, BigDecimal denominator) {
    var exact = new BigDecimal(numerator);
    double guess = exact.divide(denominator, new MathContext(40)).doubleValue();
    double best = guess;
    for (double candidate : new double[] {Math.nextDown(guess), Math.nextUp(guess)}) {
      int order = error(exact, denominator, candidate).compareTo(error(exact, denominator, best));
      boolean even = (Double.doubleToRawLongBits(candidate) & 1) == 0;
      best = order < 0 || order == 0 && even ? candidate : best;
    }
    return best;
  }

  private static BigDecimal error(BigDecimal numerator, BigDecimal denominator, double candidate) {
    return new BigDecimal(candidate).multiply(denominator).subtract(numerator).abs();
  }
}
