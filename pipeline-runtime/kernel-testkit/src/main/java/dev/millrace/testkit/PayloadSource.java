package dev.millrace.testkit;

import dev.millrace.kernel.InputType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Payload values: mostly ordinary, now and then the ones that break arithmetic. */
final class PayloadSource {
  private static final double[] EXTREMES = {
    0.0,
    -0.0,
    Double.MIN_VALUE,
    0x1p-64,
    0x1p-65,
    0x1.8p-64,
    -0x1.8p-64,
    0x1.00000000001p-65,
    1e-15,
    0x1p43,
    -0x1p43,
    Math.nextDown(0x1p43),
    -Math.nextDown(0x1p43),
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    1_000_000_000_000.1
  };
  private static final String[] WORDS = {
    "", "a", "A", "ab", "münze", "日本", "z".repeat(40), "\uD83D\uDE00", "\uFFFD", "b", "c", "d"
  };

  private final Random random;
  private final List<InputType> types;
  private final double missing;

  PayloadSource(Random random, List<InputType> types, double missing) {
    this.random = random;
    this.types = types;
    this.missing = missing;
  }

  /** One value per type; null with the probability of a missing value. */
  List<Object> next() {
    var values = new ArrayList<Object>();
    for (InputType type : types) {
      values.add(random.nextDouble() < missing ? null : value(type));
    }
    return values;
  }

  private Object value(InputType type) {
    return switch (type) {
      case PRESENCE -> Boolean.TRUE;
      case INTEGER -> integer();
      case DOUBLE -> number();
      case TEXT -> WORDS[random.nextInt(WORDS.length)];
    };
  }

  /** Small enough that no sum of a test leaves 64 bits. */
  private Long integer() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextLong() >> 12;
      case 1 -> 0L;
      case 2 -> -(long) random.nextInt(5);
      default -> (long) random.nextInt(20_000);
    };
  }

  private Double number() {
    return switch (random.nextInt(8)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> (random.nextDouble() - 0.5) * 1e12;
      case 2 -> random.nextDouble() * 1e-9;
      case 3 -> (double) random.nextInt(10);
      default -> random.nextInt(2_000_000) / 100.0;
    };
  }
}
