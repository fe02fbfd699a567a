package dev.millrace.binding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.MillraceFailure;
import org.junit.jupiter.api.Test;

class EventExpressionTest {
  private static final EventSchema SCHEMA = Schemas.everyType();
  private final EventRecord event = new EventRecord(SCHEMA);

  private EventExpression evaluated(String expression) {
    var compiled = EventExpression.compile(SCHEMA, expression);
    assertThat(compiled.evaluate(event)).as(expression).isTrue();
    assertThat(compiled.failed()).isFalse();
    return compiled;
  }

  private void fill() {
    byte[] text = "xgrüny".getBytes(UTF_8);
    event.setText(0, text, 1, text.length - 2);
    event.setBits(1, 7);
    event.setBits(2, Double.doubleToRawLongBits(2.5));
    event.setBits(3, 1);
    event.setBits(4, 1234);
    event.setBits(5, 1_323_435_000_000L);
  }

  @Test
  void typesAndEvaluatesEveryColumnType() {
    fill();
    assertThat(evaluated("l + 1").bits()).isEqualTo(8);
    assertThat(Double.longBitsToDouble(evaluated("m * 2.0").bits())).isEqualTo(24.68);
    assertThat(evaluated("b && l > 5").bits()).isEqualTo(1);
    assertThat(new String(evaluated("s + '!'").text(), UTF_8)).isEqualTo("grün!");
    assertThat(evaluated("t + duration('1s')").bits()).isEqualTo(1_323_435_001_000L);
    assertThat(evaluated("t.getHours()").bits()).isEqualTo(12);
    assertThat(evaluated("s.matches('^gr.n$')").bits()).isEqualTo(1);
    assertThat(evaluated("b ? 'y' : 'n'").type()).isEqualTo(ColumnType.STRING);
  }

  @Test
  void keepsBareFieldsExact() {
    fill();
    var decimal = evaluated(" m ");
    assertThat(decimal.type()).isEqualTo(ColumnType.decimal(2));
    assertThat(decimal.bits()).isEqualTo(1234);
    assertThat(new String(evaluated("s").text(), UTF_8)).isEqualTo("grün");
    assertThat(evaluated("t").type()).isEqualTo(ColumnType.TIMESTAMP);
  }

  @Test
  void tellsNullFromFailure() {
    var sum = EventExpression.compile(SCHEMA, "l + 1");
    assertThat(sum.evaluate(event)).isFalse();
    assertThat(sum.failed()).isFalse();
    event.setBits(1, Long.MAX_VALUE);
    assertThat(sum.evaluate(event)).isFalse();
    assertThat(sum.failed()).isTrue();
    event.setBits(1, 0);
    var ratio = EventExpression.compile(SCHEMA, "1.0 / double(l)");
    assertThat(ratio.evaluate(event)).isFalse();
    assertThat(ratio.failed()).isTrue();
    var undefined = EventExpression.compile(SCHEMA, "0.0 / double(l)");
    assertThat(undefined.evaluate(event)).as("NaN is null").isFalse();
    assertThat(undefined.failed()).isFalse();
    assertThat(sum.evaluate(event)).isTrue();
    assertThat(sum.bits()).isEqualTo(1);
  }

  @Test
  void refusesWhatThePlannerWouldNotAccept() {
    assertThatThrownBy(() -> EventExpression.compile(SCHEMA, "d > 0"))
        .isInstanceOf(MillraceFailure.class)
        .hasMessage(
            "MR/DefinitionRefused: expression \"d > 0\": cannot compare Double with Long at column"
                + " 3; write 0.0");
  }
}
