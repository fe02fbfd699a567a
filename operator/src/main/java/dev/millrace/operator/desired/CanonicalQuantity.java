package dev.millrace.operator.desired;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Quantities in the one form in which an API server answers them: the largest unit that leaves a
 * whole number, of the family that was written ({@code 1024Mi} is {@code 1Gi}, {@code 0.5} is
 * {@code 500m}). What is compared with its answer has to be written so, or it differs for ever.
 */
final class CanonicalQuantity {
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL = List.of("m", "", "k", "M", "G", "T", "P", "E");
  private static final BigInteger KIBI = BigInteger.valueOf(1024);
  private static final BigInteger KILO = BigInteger.valueOf(1000);

  private CanonicalQuantity() {}

  /**
   * Writes a quantity anew.
   *
   * @param quantity such as {@code 2048Mi}, above zero, in whole bytes or thousandths
   */
  static Quantity of(String quantity) {
    return new Quantity(text(quantity));
  }

  /** The same as text. */
  static String text(String quantity) {
    BigDecimal amount = Quantity.getAmountInBytes(new Quantity(quantity));
    return quantity.endsWith("i")
        ? largest(amount.toBigIntegerExact(), KIBI, BINARY)
        : largest(amount.multiply(new BigDecimal(KILO)).toBigIntegerExact(), KILO, DECIMAL);
  }

  private static String largest(BigInteger amount, BigInteger step, List<String> units) {
    BigInteger mantissa = amount;
    int unit = 0;
    while (mantissa.signum() != 0 && unit + 1 < units.size() && mantissa.mod(step).signum() == 0) {
      mantissa = mantissa.divide(step);
      unit++;
    }
    return mantissa + units.get(unit);
  }
}
