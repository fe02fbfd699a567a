package dev.millrace.binding;

import static dev.millrace.binding.Schemas.field;
import static dev.millrace.binding.Schemas.required;
import static dev.millrace.binding.UndecodableReason.EMPTY;
import static dev.millrace.binding.UndecodableReason.EVENT_TIME_OUT_OF_RANGE;
import static dev.millrace.binding.UndecodableReason.MALFORMED;
import static dev.millrace.binding.UndecodableReason.MISSING_FIELD;
import static dev.millrace.binding.UndecodableReason.NULL_EVENT_TIME;
import static dev.millrace.binding.UndecodableReason.NULL_ID;
import static dev.millrace.binding.UndecodableReason.OUT_OF_RANGE;
import static dev.millrace.binding.UndecodableReason.TOO_LARGE;
import static dev.millrace.binding.UndecodableReason.WRONG_TYPE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.SourceFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRecordDecoderTest {
  private static final EventSchema EVERY_TYPE = Schemas.everyType();

  private final EventRecord record = new EventRecord(EVERY_TYPE);

  private UndecodableReason decode(String json) {
    return new JsonRecordDecoder(EVERY_TYPE).decode(json.getBytes(UTF_8), record);
  }

  private UndecodableReason decodeWith(String member) {
    return decode("{\"id\":\"a\",\"ts\":5," + member + "}");
  }

  @Test
  void decodesAFieldOfEveryType() {
    assertThat(
            decode(
                """
                {"extra": [1, {"l": 9}], "s": "grün", "l": -9223372036854775808, "d": 0.1,
                 "b": true, "m": -12.30, "t": -1, "id": "a-1", "ts": 1323435000000}
                """))
        .isNull();
    assertThat(record.string(0)).isEqualTo("grün");
    assertThat(record.bits(1)).isEqualTo(Long.MIN_VALUE);
    assertThat(Double.longBitsToDouble(record.bits(2))).isEqualTo(0.1);
    assertThat(record.bits(3)).isEqualTo(1);
    assertThat(record.bits(4)).isEqualTo(-1230);
    assertThat(record.bits(5)).isEqualTo(-1);
    assertThat(record.string(6)).isEqualTo("a-1");
    assertThat(record.bits(7)).isEqualTo(1_323_435_000_000L);
    assertThat(record.ts).isEqualTo(1_323_435_000_000L);
  }

  @Test
  void leavesAbsentAndNullFieldsNullAlsoInAReusedRecord() {
    assertThat(decodeWith("\"l\":1,\"s\":\"x\"")).isNull();
    assertThat(decodeWith("\"l\":null")).isNull();
    assertThat(List.of(record.isNull(0), record.isNull(1), record.isNull(2))).containsOnly(true);
  }

  static List<Arguments> badMembers() {
    return List.of(
        Arguments.of("\"l\":9223372036854775808", OUT_OF_RANGE),
        Arguments.of("\"l\":1e400", OUT_OF_RANGE),
        Arguments.of("\"l\":1.5", WRONG_TYPE),
        Arguments.of("\"l\":\"1\"", WRONG_TYPE),
        Arguments.of("\"l\":true", WRONG_TYPE),
        Arguments.of("\"l\":[1]", WRONG_TYPE),
        Arguments.of("\"l\":{}", WRONG_TYPE),
        Arguments.of("\"d\":1e400", OUT_OF_RANGE),
        Arguments.of("\"d\":-1e400", OUT_OF_RANGE),
        Arguments.of("\"d\":\"NaN\"", WRONG_TYPE),
        Arguments.of("\"d\":NaN", MALFORMED),
        Arguments.of("\"d\":Infinity", MALFORMED),
        Arguments.of("\"d\":01", MALFORMED),
        Arguments.of("\"d\":.5", MALFORMED),
        Arguments.of("\"b\":1", WRONG_TYPE),
        Arguments.of("\"b\":\"true\"", WRONG_TYPE),
        Arguments.of("\"s\":1", WRONG_TYPE),
        Arguments.of("\"s\":\"\\ud800\"", MALFORMED),
        Arguments.of("\"s\":\"\\udc00\\ud800\"", MALFORMED),
        Arguments.of("\"s\":\"\\x41\"", MALFORMED),
        Arguments.of("\"s\":\"a\nb\"", MALFORMED),
        Arguments.of("\"m\":1.005", OUT_OF_RANGE),
        Arguments.of("\"m\":10000000000000000", OUT_OF_RANGE),
        Arguments.of("\"m\":1e1000000000", OUT_OF_RANGE),
        Arguments.of("\"m\":\"1.00\"", WRONG_TYPE),
        Arguments.of("\"t\":253402300800000", OUT_OF_RANGE),
        Arguments.of("\"t\":-62135596800001", OUT_OF_RANGE),
        Arguments.of("\"t\":1.5", WRONG_TYPE),
        Arguments.of("\"t\":\"2011-12-09T12:50:00Z\"", WRONG_TYPE));
  }

  @ParameterizedTest
  @MethodSource("badMembers")
  void refusesValuesThatAreNotOfTheirType(String member, UndecodableReason reason) {
    assertThat(decodeWith(member)).isEqualTo(reason);
  }

  static List<Arguments> goodMembers() {
    return List.of(
        Arguments.of("\"l\":9223372036854775807", 1, Long.MAX_VALUE),
        Arguments.of("\"l\":5.0", 1, 5),
        Arguments.of("\"l\":-5e3", 1, -5000),
        Arguments.of("\"l\":0e999999999", 1, 0),
        Arguments.of("\"m\":1.230000000000000000000000000", 4, 123),
        Arguments.of("\"m\":9999999999999999.99", 4, 999_999_999_999_999_999L),
        Arguments.of("\"m\":-1e-2", 4, -1),
        Arguments.of("\"m\":0.0000000000000000000000000", 4, 0),
        Arguments.of("\"d\":-0.0", 2, Double.doubleToRawLongBits(-0.0)),
        Arguments.of("\"d\":4.9e-324", 2, 1),
        Arguments.of(
            "\"d\":1.7976931348623157e308", 2, Double.doubleToRawLongBits(Double.MAX_VALUE)),
        Arguments.of("\"t\":253402300799999", 5, 253_402_300_799_999L));
  }

  @ParameterizedTest
  @MethodSource("goodMembers")
  void takesNumbersExactly(String member, int field, long bits) {
    assertThat(decodeWith(member)).isNull();
    assertThat(record.isNull(field)).isFalse();
    assertThat(record.bits(field)).isEqualTo(bits);
  }

  static List<Arguments> badRecords() {
    return List.of(
        Arguments.of("", EMPTY),
        Arguments.of(" ", MALFORMED),
        Arguments.of("null", MALFORMED),
        Arguments.of("[]", MALFORMED),
        Arguments.of("\"x\"", MALFORMED),
        Arguments.of("{", MALFORMED),
        Arguments.of("{\"id\":\"a\",\"ts\":5", MALFORMED),
        Arguments.of("{\"id\":\"a\",\"ts\":5}}", MALFORMED),
        Arguments.of("{\"id\":\"a\",\"ts\":5} {\"id\":\"b\"}", MALFORMED),
        Arguments.of("{\"id\":\"a\",\"ts\":5,}", MALFORMED),
        Arguments.of("{'id':'a','ts':5}", MALFORMED),
        Arguments.of("{\"id\":\"a\",\"ts\":5,\"extra\":[1,}", MALFORMED),
        Arguments.of("{\"id\":\"a\",\"ts\":5,\"extra\":\"\u0000\"}", MALFORMED),
        Arguments.of("{\"ts\":5}", NULL_ID),
        Arguments.of("{\"id\":null,\"ts\":5}", NULL_ID),
        Arguments.of("{\"id\":7,\"ts\":5}", WRONG_TYPE),
        Arguments.of("{\"id\":\"a\"}", NULL_EVENT_TIME),
        Arguments.of("{\"id\":\"a\",\"ts\":null}", NULL_EVENT_TIME),
        Arguments.of("{\"id\":\"a\",\"ts\":-1}", EVENT_TIME_OUT_OF_RANGE),
        Arguments.of("{\"id\":\"a\",\"ts\":253402300800000}", EVENT_TIME_OUT_OF_RANGE),
        Arguments.of("{\"id\":\"a\",\"ts\":\"5\"}", WRONG_TYPE));
  }

  @ParameterizedTest
  @MethodSource("badRecords")
  void refusesWhatIsNotAnEvent(String json, UndecodableReason reason) {
    assertThat(decode(json)).isEqualTo(reason);
  }

  @Test
  void acceptsTheFirstAndTheLastEventTime() {
    assertThat(decode("{\"id\":\"\",\"ts\":0}")).isNull();
    assertThat(record.ts).isZero();
    assertThat(decode("{\"id\":\"\",\"ts\":253402300799999}")).isNull();
  }

  @Test
  void refusesBytesThatAreNotUtf8AlsoInSkippedFields() {
    var decoder = new JsonRecordDecoder(EVERY_TYPE);
    String json = "{\"id\":\"a\",\"ts\":5,\"extra\":\"é\"}";
    assertThat(decoder.decode(json.getBytes(ISO_8859_1), record)).isEqualTo(MALFORMED);
    assertThat(decoder.decode(json.getBytes(UTF_16BE), record)).isEqualTo(MALFORMED);
    assertThat(decoder.decode(json.getBytes(UTF_8), record)).isNull();
    assertThat(decoder.decode(null, record)).isEqualTo(EMPTY);
  }

  @Test
  void refusesRecordsAboveTheSizeLimitAndBottomlessOnes() {
    byte[] json = "{\"id\":\"a\",\"ts\":5}".getBytes(UTF_8);
    assertThat(new JsonRecordDecoder(EVERY_TYPE, json.length).decode(json, record)).isNull();
    assertThat(new JsonRecordDecoder(EVERY_TYPE, json.length - 1).decode(json, record))
        .isEqualTo(TOO_LARGE);
    assertThat(decode("{\"extra\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"))
        .isEqualTo(TOO_LARGE);
    assertThat(decodeWith("\"s\":\"" + "x".repeat(9_000_000) + "\"")).isEqualTo(TOO_LARGE);
  }

  @Test
  void refusesRecordsWithoutARequiredField() {
    var schema = Schemas.with(required("l", ColumnType.LONG));
    var decoder = new JsonRecordDecoder(schema);
    var record = new EventRecord(schema);
    assertThat(decoder.decode("{\"id\":\"a\",\"ts\":1}".getBytes(UTF_8), record))
        .isEqualTo(MISSING_FIELD);
    assertThat(decoder.decode("{\"id\":\"a\",\"ts\":1,\"l\":null}".getBytes(UTF_8), record))
        .isEqualTo(MISSING_FIELD);
  }

  @Test
  void refusesDefinitionsItCannotDecode() {
    assertThatThrownBy(
            () -> new JsonRecordDecoder(Schemas.with(field("x", ColumnType.LONG, "a/b"))))
        .isInstanceOf(MillraceFailure.class)
        .hasMessageContaining("\"a/b\"");
    assertThatThrownBy(
            () ->
                new JsonRecordDecoder(
                    Schemas.withTime(field("ts", ColumnType.DOUBLE), EventTimeUnit.MILLIS)))
        .isInstanceOf(MillraceFailure.class);
    var avro =
        new EventSchema(
            SourceFormat.AVRO, EVERY_TYPE.fields(), "id", "ts", EventTimeUnit.MILLIS, 0, 0);
    assertThatThrownBy(() -> RecordDecoders.forSchema(avro))
        .isInstanceOf(MillraceFailure.class)
        .hasMessage("MR/DefinitionRefused: format Avro is not read by this job; use Json");
    assertThat(RecordDecoders.forSchema(EVERY_TYPE)).isInstanceOf(JsonRecordDecoder.class);
  }
}
