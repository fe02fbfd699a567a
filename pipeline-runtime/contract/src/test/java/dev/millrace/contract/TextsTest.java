package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small texts that people and stores see: durations, quoted values, keys, folders. */
class TextsTest {
  @ParameterizedTest
  @CsvSource({
    "0s,0",
    "1s,1000",
    "30s,30000",
    "5m,300000",
    "24h,86400000",
    "7d,604800000",
    "99999d,8639913600000"
  })
  void readsDurations(String text, long millis) {
    assertThat(DurationText.isDuration(text)).isTrue();
    assertThat(DurationText.millis(text)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "5", "m", "5 min", "PT5M", "1e3s", "1mo", "-5m", "05m", "1ms", "100000s", "٣m"
      })
  void refusesOtherDurations(String text) {
    assertThat(DurationText.isDuration(text)).isFalse();
    assertThatThrownBy(() -> DurationText.millis(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "1000,1s",
    "60000,1m",
    "90000,90s",
    "3600000,1h",
    "3660000,61m",
    "86400000,1d"
  })
  void writesTheShortestDuration(long millis, String text) {
    assertThat(DurationText.text(millis)).isEqualTo(text);
  }

  @Property
  void readsBackEveryShortDuration(@ForAll @LongRange(max = 99_999) long seconds) {
    assertThat(DurationText.millis(DurationText.text(seconds * 1_000))).isEqualTo(seconds * 1_000);
  }

  @Test
  void quotesValuesWithoutLettingThemActUp() {
    assertThat(Violation.quote("abc")).isEqualTo("\"abc\"");
    assertThat(Violation.quote("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
    assertThat(Violation.quote("\u2066x")).isEqualTo("\"\\u2066x\"");
    assertThat(Violation.quote("a\nb\u001b[31m\u0085\u2028\u202e\0"))
        .isEqualTo("\"a\\u000ab\\u001b[31m\\u0085\\u2028\\u202e\\u0000\"");
    assertThat(Violation.quote("x".repeat(64))).isEqualTo("\"" + "x".repeat(64) + "\"");
    assertThat(Violation.quote("x".repeat(65))).isEqualTo("\"" + "x".repeat(64) + "…\"");
    assertThat(Violation.quote("x".repeat(63) + "😀"))
        .as("no half surrogate pair")
        .isEqualTo("\"" + "x".repeat(63) + "…\"");
  }

  @Test
  void namesRedisKeys() {
    assertThat(
            OnlineKeys.row(
                "fraud", "card-fraud", "card", EntityKey.of(java.util.List.of("a b")), 3))
        .isEqualTo("mr:{fraud/card-fraud/card:a%20b}:v3");
    assertThat(OnlineKeys.clock("fraud", "card-fraud")).isEqualTo("mr:{fraud/card-fraud}:clock");
  }

  @Test
  void namesOfflineFolders() {
    assertThat(OfflineLayout.pipelineLocation("s3a://features/", "fraud", "card-fraud"))
        .isEqualTo("s3a://features/fraud/featurepipelines/card-fraud");
    assertThat(OfflineLayout.labelWindowLocation("file:///data", "fraud", "cb"))
        .isEqualTo("file:///data/fraud/labelwindows/cb");
    assertThat(OfflineLayout.events(3)).isEqualTo("events/v=3");
    assertThat(OfflineLayout.features(3, "card")).isEqualTo("features/v=3/card");
    assertThat(OfflineLayout.progress(3)).isEqualTo("progress-v3.json");
  }

  @ParameterizedTest
  @CsvSource({
    "0,dt=1970-01-01",
    "86399999,dt=1970-01-01",
    "86400000,dt=1970-01-02",
    "-1,dt=1969-12-31",
    "1323435000000,dt=2011-12-09",
    "253402300799999,dt=9999-12-31"
  })
  void namesDaysInUtc(long millis, String folder) {
    assertThat(OfflineLayout.day(millis)).isEqualTo(folder);
  }

  @Test
  void derivesReachAndTimeToLive() {
    var definition = Documents.definition();
    assertThat(definition.longestReachMillis()).isEqualTo(25 * 3_600_000L);
    assertThat(definition.onlineTtlMillis()).isEqualTo(25 * 3_600_000L + 60_000 + 3_600_000);
    assertThat(definition.entity("card").name()).isEqualTo("card");
    assertThat(definition.entity("shop")).isNull();
  }

  @Test
  void saysWhyAJobFailed() {
    var cause = new IllegalStateException("x");
    var failure = new MillraceFailure(Reason.TOPIC_NOT_FOUND, "topic t does not exist", cause);
    assertThat(failure).hasMessage("MR/TopicNotFound: topic t does not exist").hasCause(cause);
    assertThat(failure.reason()).isEqualTo(Reason.TOPIC_NOT_FOUND);
    assertThat(Reason.values()).extracting(Reason::text).doesNotHaveDuplicates();
    assertThat(Reason.values()).extracting(Reason::meaning).noneMatch(String::isBlank);
  }
}
