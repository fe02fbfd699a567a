package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job's report: what is written is read, and nothing hostile is. */
class JobReportTest {
  private static final Accounting COUNTS = new Accounting(7, 4, 1, 1, 1, 0, 9, 9);
  private static final JobReport WHOLE =
      JobReport.of(2)
          .withClock(120_000, 60_000, 1, 180_000)
          .withCheckpoint(17, COUNTS, false)
          .withNulls(Map.of("amount", 3L, "country", 0L))
          .withServingDelay(new JobReport.ServingDelay(2_100, 2_400, 5_000))
          .withDurable(true);

  @Test
  void isOneLineOfJsonWithoutWhatIsNotKnown() {
    assertThat(JobReport.of(3).json()).isEqualTo("{\"codec\":1,\"version\":3}");
    assertThat(WHOLE.json())
        .isEqualTo(
            "{\"codec\":1,\"version\":2,\"servedVersion\":1,\"clock\":120000,\"startClock\":60000,"
                + "\"servedClock\":180000,\"durable\":true,\"checkpointId\":17,\"accounting\":"
                + "{\"in\":7,\"accepted\":4,\"duplicate\":1,\"late\":1,\"deadLettered\":1,"
                + "\"raised\":0,\"rowsFired\":9,\"rowsAcknowledged\":9},\"sourceIdle\":false,"
                + "\"nulls\":{\"amount\":3,\"country\":0},\"servingDelay\":"
                + "{\"p50Millis\":2100,\"p95Millis\":2400,\"p99Millis\":5000}}");
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(JobReport.parse(WHOLE.json())).contains(WHOLE);
    assertThat(JobReport.parse(JobReport.of(3).json())).contains(JobReport.of(3));
    assertThat(JobReport.of(Map.of(JobReport.ACCUMULATOR, WHOLE.json(), "other", "1")))
        .contains(WHOLE);
    assertThat(JobReport.of(Map.of("other", WHOLE.json()))).isEmpty();
  }

  @Test
  void mergesPartsInAnyOrderAndTakesTheNewerOne() {
    JobReport clock =
        JobReport.of(2)
            .withClock(120_000, 60_000, 1, 180_000)
            .withServingDelay(new JobReport.ServingDelay(2_100, 2_400, 5_000));
    JobReport older = JobReport.of(2).withClock(60_000, 60_000, 1, 120_000);
    JobReport counts =
        JobReport.of(2)
            .withCheckpoint(17, COUNTS, false)
            .withNulls(Map.of("amount", 3L, "country", 0L))
            .withDurable(true);
    assertThat(clock.merge(counts)).isEqualTo(WHOLE);
    assertThat(counts.merge(clock)).isEqualTo(WHOLE);
    assertThat(older.merge(WHOLE)).isEqualTo(WHOLE);
    assertThat(WHOLE.merge(older)).isEqualTo(WHOLE);
    assertThat(WHOLE.merge(JobReport.of(2).withDurable(false)).durable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "17",
        "{}",
        "{\"codec\":1}",
        "{\"codec\":2,\"version\":1}",
        "{\"codec\":1,\"version\":0}",
        "{\"codec\":1,\"version\":-3}",
        "{\"codec\":1,\"version\":1.5}",
        "{\"codec\":1,\"version\":\"1\"}",
        "{\"codec\":1,\"version\":1,\"version\":2}",
        "{\"codec\":1,\"version\":1,\"more\":1}",
        "{\"codec\":1,\"version\":1} {}",
        "{\"codec\":1,\"version\":1,\"clock\":-253402300800000}",
        "{\"codec\":1,\"version\":1,\"clock\":253402300800000}",
        "{\"codec\":1,\"version\":1,\"clock\":99999999999999999999999}",
        "{\"codec\":1,\"version\":1,\"clock\":1e400}",
        "{\"codec\":1,\"version\":1,\"clock\":NaN}",
        "{\"codec\":1,\"version\":1,\"servedVersion\":0}",
        "{\"codec\":1,\"version\":1,\"durable\":\"yes\"}",
        "{\"codec\":1,\"version\":1,\"accounting\":{}}",
        "{\"codec\":1,\"version\":1,\"nulls\":{\"amount\":-1}}",
        "{\"codec\":1,\"version\":1,\"nulls\":{\"amount\":null}}",
        "{\"codec\":1,\"version\":1,\"nulls\":{\"a\\\"b\":1}}",
        "{\"codec\":1,\"version\":1,\"servingDelay\":{\"p50Millis\":5,\"p95Millis\":4,\"p99Millis\":6}}",
        "{\"codec\":1,\"version\":1,\"accounting\":{\"in\":-1,\"accepted\":0,\"duplicate\":0,"
            + "\"late\":0,\"deadLettered\":0,\"raised\":0,\"rowsFired\":0,\"rowsAcknowledged\":0}}",
      })
  void refusesWhatIsNotThisForm(String json) {
    assertThat(JobReport.parse(json)).isEmpty();
  }

  @Test
  void refusesLongAndDeepTexts() {
    assertThat(JobReport.parse(null)).isEmpty();
    String padded = " ".repeat(JobReport.TEXT_LIMIT) + WHOLE.json();
    assertThat(JobReport.parse(padded)).isEmpty();
    assertThat(JobReport.parse("[".repeat(JobReport.TEXT_LIMIT))).isEmpty();
    assertThat(JobReport.parse("{\"a\":".repeat(10_000))).isEmpty();
  }

  @Property(tries = 500)
  void neverThrows(
      @ForAll String noise, @ForAll @IntRange(max = 300) int at, @ForAll boolean instead) {
    String json = WHOLE.json();
    int from = Math.min(at, json.length());
    int to = instead ? Math.min(json.length(), from + noise.length()) : from;
    JobReport.parse(json.substring(0, from) + noise + json.substring(to));
    JobReport.parse(noise);
  }
}
