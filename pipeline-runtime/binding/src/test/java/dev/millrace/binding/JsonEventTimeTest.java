package dev.millrace.binding;

import static dev.millrace.binding.Schemas.field;
import static dev.millrace.binding.UndecodableReason.EVENT_TIME_OUT_OF_RANGE;
import static dev.millrace.binding.UndecodableReason.WRONG_TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventTimeUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonEventTimeTest {
  static List<Arguments> eventTimes() {
    var timestamp = Schemas.TS;
    var number = field("ts", ColumnType.LONG);
    var text = field("ts", ColumnType.STRING);
    return List.of(
        Arguments.of(timestamp, EventTimeUnit.SECONDS, "7", 7_000L, 7_000L),
        Arguments.of(timestamp, EventTimeUnit.MICROS, "7999", 7L, 7L),
        Arguments.of(number, EventTimeUnit.SECONDS, "7", 7_000L, 7L),
        Arguments.of(number, EventTimeUnit.MICROS, "7999", 7L, 7_999L),
        Arguments.of(
            text, EventTimeUnit.ISO8601, "\"2011-12-09T12:50:00Z\"", 1_323_435_000_000L, null),
        Arguments.of(
            timestamp,
            EventTimeUnit.ISO8601,
            "\"2011-12-09 14:50:00.1239+02:00\"",
            1_323_435_000_123L,
            1_323_435_000_123L));
  }

  @ParameterizedTest
  @MethodSource("eventTimes")
  void convertsEventTimesToMilliseconds(
      dev.millrace.contract.SchemaField time,
      EventTimeUnit unit,
      String json,
      long ts,
      Long stored) {
    var record =
        Schemas.decoded(Schemas.withTime(time, unit), "{\"id\":\"a\",\"ts\":" + json + "}");
    assertThat(record.ts).isEqualTo(ts);
    if (stored != null) {
      assertThat(record.bits(1)).isEqualTo(stored);
    } else {
      assertThat(record.string(1)).isEqualTo(json.replace("\"", ""));
    }
  }

  @Test
  void refusesEventTimesThatOverflowOrDoNotParse() {
    var record = new EventRecord(2);
    var seconds = new JsonRecordDecoder(Schemas.withTime(Schemas.TS, EventTimeUnit.SECONDS));
    for (String time : List.of("9223372036854775807", "-9223372036854775808", "-1")) {
      assertThat(seconds.decode(("{\"id\":\"a\",\"ts\":" + time + "}").getBytes(UTF_8), record))
          .isEqualTo(EVENT_TIME_OUT_OF_RANGE);
    }
    var micros = new JsonRecordDecoder(Schemas.withTime(Schemas.TS, EventTimeUnit.MICROS));
    assertThat(micros.decode("{\"id\":\"a\",\"ts\":-1}".getBytes(UTF_8), record))
        .isEqualTo(EVENT_TIME_OUT_OF_RANGE);
    var iso = new JsonRecordDecoder(Schemas.withTime(Schemas.TS, EventTimeUnit.ISO8601));
    assertThat(iso.decode("{\"id\":\"a\",\"ts\":\"yesterday\"}".getBytes(UTF_8), record))
        .isEqualTo(WRONG_TYPE);
  }
}
