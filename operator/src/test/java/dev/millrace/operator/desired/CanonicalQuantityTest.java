package dev.millrace.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalQuantityTest {
  /** Right: what an API server answers. */
  @ParameterizedTest
  @CsvSource({
    "1024Mi, 1Gi",
    "1536Mi, 1536Mi",
    "2048Gi, 2Ti",
    "4Gi, 4Gi",
    "1.0, 1",
    "0.5, 500m",
    "1.5, 1500m",
    "2000m, 2",
    "250m, 250m",
    "1000, 1k"
  })
  void isTheServersForm(String written, String answered) {
    assertThat(CanonicalQuantity.text(written)).isEqualTo(answered);
    assertThat(CanonicalQuantity.text(answered)).as("of itself").isEqualTo(answered);
  }

  @Test
  void isTheSameAmount() {
    for (int i = 1; i < 5_000; i++) {
      for (String unit : new String[] {"m", "", "Mi", "Gi"}) {
        var written = new Quantity(i + unit);
        assertThat(Quantity.getAmountInBytes(CanonicalQuantity.of(i + unit)))
            .isEqualByComparingTo(Quantity.getAmountInBytes(written));
      }
    }
  }
}
