package dev.millrace.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.MillraceFailure;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduledInstantTest {
  @Test
  void readsTheMinutesOfAScheduledJob() {
    assertThat(ScheduledInstant.of("chargeback-45d-extract-29626695"))
        .isEqualTo(Instant.parse("2026-05-01T02:15:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "29626695", "chargeback-45d-manual", "chargeback-2026-05-01", "x-2962717a"})
  void refusesNamesThatNoCronJobGave(String name) {
    assertThatThrownBy(() -> ScheduledInstant.of(name))
        .isInstanceOf(MillraceFailure.class)
        .hasMessageContaining("\"" + name + "\"");
  }
}
