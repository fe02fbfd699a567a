package dev.millrace.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTextTest {
  private static String text(ColumnType type, long bits) {
    var out = new StringBuilder("x");
    ValueText.append(out, type, bits);
    return out.substring(1);
  }

  @Property
  void readsBackWhatItWrote(@ForAll long bits, @ForAll @IntRange(max = 18) int scale) {
    for (ColumnType type :
        new ColumnType[] {ColumnType.LONG, ColumnType.TIMESTAMP, ColumnType.decimal(scale)}) {
      assertThat(ValueText.parse(type, text(type, bits))).as("%s", type).isEqualTo(bits);
    }
    assertThat(text(ColumnType.decimal(scale), bits))
        .isEqualTo(BigDecimal.valueOf(bits, scale).toPlainString());
    double value = Double.longBitsToDouble(bits);
    if (!Double.isNaN(value)) {
      assertThat(ValueText.parse(ColumnType.DOUBLE, text(ColumnType.DOUBLE, bits))).isEqualTo(bits);
    }
    assertThat(ValueText.parse(ColumnType.BOOLEAN, text(ColumnType.BOOLEAN, bits & 1)))
        .isEqualTo(bits & 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0,2,0.00",
    "-1,2,-0.01",
    "-1230,2,-12.30",
    "5,0,5",
    "-9223372036854775808,18,-9.223372036854775808"
  })
  void printsDecimalsWithExactlyTheirScale(long unscaled, int scale, String text) {
    assertThat(text(ColumnType.decimal(scale), unscaled)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.001", "x", "", "1e999999999", "92233720368547758.08", "NaN"})
  void refusesTextsThatAreNoDecimalOfTheScale(String text) {
    assertThatThrownBy(() -> ValueText.parse(ColumnType.decimal(2), text))
        .isInstanceOf(NumberFormatException.class);
  }

  @Property
  void readsInstantsLikeJavaTime(
      @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L) long millis,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
    var offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
    var local = Instant.ofEpochMilli(millis).atOffset(offset);
    if (local.getYear() < 1 || local.getYear() > 9999) {
      return;
    }
    assertThat(instant(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local))).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2011-12-09",
        "2011-12-09T",
        "2011-02-29T00:00:00Z",
        "2011-13-09T00:00:00Z",
        "2011-12-09T24:00:00Z",
        "2011-12-09T00:00:60Z",
        "2011-12-09T00:00:00.Z",
        "2011-12-09T00:00:00Zx",
        "2011-12-09T00:00:00+1",
        "12011-12-09T00:00:00Z",
        "2011-00-09T00:00:00Z",
        "2011-12-09T00:00:00Europe/Berlin"
      })
  void refusesOtherTexts(String text) {
    assertThat(instant(text)).isEqualTo(InstantText.NOT_AN_INSTANT);
  }

  @ParameterizedTest
  @CsvSource({
    "2012-02-29 00:00,1330473600000", "2011-12-09T12:50:00,1323435000000",
    "2011-12-09t12:50:00.1z,1323435000100", "2011-12-09T12:50:00.123456789+0000,1323435000123"
  })
  void takesTextsWithoutOffsetAsUtc(String text, long millis) {
    assertThat(instant(text)).isEqualTo(millis);
  }

  private static long instant(String text) {
    byte[] utf8 = ("?" + text + "0").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return InstantText.parse(utf8, 1, utf8.length - 2);
  }
}
