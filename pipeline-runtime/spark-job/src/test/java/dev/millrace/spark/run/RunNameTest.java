package dev.millrace.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunNameTest {
  @Test
  void namesAnInstantWithoutColons() {
    Instant asOf = Instant.parse("2011-12-09T13:00:00Z");

    assertThat(RunName.of(asOf)).isEqualTo("2011-12-09T130000Z");
    assertThat(RunName.instant("2011-12-09T130000Z")).isEqualTo(asOf);
  }

  @Test
  void refusesFractionsThatItCouldNotName() {
    assertThatThrownBy(() -> RunName.of(Instant.ofEpochMilli(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1970-01-01T00:00:00.001Z");
  }
}
