package dev.millrace.binding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The direct path equals the CEL runtime, nulls included (performance.md §3.1). */
class DirectPathTest {
  private static final EventSchema SCHEMA = Schemas.everyType();
  private static final Expressions EXPRESSIONS = new Expressions(Variables.of(SCHEMA));

  @Property(tries = 1500)
  void equalsTheRuntimeOnRandomEvents(
      @ForAll("conditions") String condition, @ForAll("events") List<EventRecord> events) {
    CompiledExpression direct = EXPRESSIONS.compile(condition);
    CompiledExpression runtime = EXPRESSIONS.compileForRuntime(condition);
    assertThat(direct).as(condition).isInstanceOf(CompiledExpression.OfCondition.class);
    assertThat(runtime.type).isEqualTo(ColumnType.BOOLEAN);
    for (EventRecord event : events) {
      var expected = runtime.evaluate(event);
      assertThat(direct.evaluate(event)).as(condition).isEqualTo(expected);
      if (expected == CompiledExpression.Outcome.VALUE) {
        assertThat(direct.bits).as(condition).isEqualTo(runtime.bits);
      }
    }
  }

  @Test
  void leavesOtherExpressionsToTheRuntime() {
    for (String expression :
        List.of(
            "l + 1 > 2",
            "t > timestamp('2020-01-01T00:00:00Z')",
            "s.startsWith('a')",
            "b ? true : false",
            "s in []",
            "l > 1 && s.contains('x')",
            "true")) {
      assertThat(EXPRESSIONS.compile(expression))
          .as(expression)
          .isInstanceOf(RuntimeExpression.class);
    }
  }

  @Test
  void absorbsNullWhereTheOtherOperandDecides() {
    var event = event("x", null, null, true, null);
    assertThat(outcome("b || l > 1", event)).isEqualTo("true");
    assertThat(outcome("l > 1 || b", event)).isEqualTo("true");
    assertThat(outcome("!b && l > 1", event)).isEqualTo("false");
    assertThat(outcome("l > 1 && !b", event)).isEqualTo("false");
    assertThat(outcome("l > 1 && b", event)).isEqualTo("NULL");
    assertThat(outcome("!(l > 1)", event)).isEqualTo("NULL");
    assertThat(outcome("l in [1, 2]", event)).isEqualTo("NULL");
  }

  private static String outcome(String condition, EventRecord event) {
    CompiledExpression direct = EXPRESSIONS.compile(condition);
    var outcome = direct.evaluate(event);
    return outcome == CompiledExpression.Outcome.VALUE
        ? String.valueOf(direct.bits != 0)
        : outcome.name();
  }

  @Provide
  Arbitrary<String> conditions() {
    return Arbitraries.recursive(
        DirectPathTest::comparisons,
        inner ->
            Arbitraries.oneOf(
                inner.map(condition -> "!(" + condition + ")"),
                Combinators.combine(inner, Arbitraries.of("&&", "||"), comparisons())
                    .as(
                        (left, operator, right) ->
                            "(" + left + " " + operator + " " + right + ")")),
        0,
        4);
  }

  private static Arbitrary<String> comparisons() {
    Arbitrary<String> operators = Arbitraries.of("==", "!=", "<", "<=", ">", ">=");
    Arbitrary<List<String>> sides =
        Arbitraries.oneOf(
            sides("l", "0", "-3", "7", "9223372036854775807"),
            sides("d", "0.0", "-0.0", "1.5", "0.1", "1e300"),
            sides("m", "0.0", "0.1", "-12.34", "9007199254740993.0", "10000000000.01"),
            sides("s", "''", "'a'", "'grün'", "'\\uE000'", "'\\U0001F600'", "'ab'"),
            sides("b", "true", "false"));
    Arbitrary<String> plain =
        Combinators.combine(sides, operators, Arbitraries.of(true, false))
            .as(
                (pair, operator, swap) ->
                    swap
                        ? pair.get(1) + " " + operator + " " + pair.get(0)
                        : pair.get(0) + " " + operator + " " + pair.get(1));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(10, plain),
        net.jqwik.api.Tuple.of(1, Arbitraries.of("(b)", "!b")),
        net.jqwik.api.Tuple.of(
            2, Arbitraries.of("s in ['a', 'b']", "l in [0, 7]", "d in [0.0]", "m in [0.1, 1.0]")));
  }

  private static Arbitrary<List<String>> sides(String variable, String... constants) {
    return Arbitraries.of(constants).map(constant -> List.of(variable, constant));
  }

  @Provide
  Arbitrary<List<EventRecord>> events() {
    return Combinators.combine(
            Arbitraries.of("", "a", "b", "ab", "grün", "\uE000", "\uD83D\uDE00", "\uFFEE")
                .injectNull(0.2),
            Arbitraries.of(0L, -3L, 7L, Long.MAX_VALUE, Long.MIN_VALUE).injectNull(0.2),
            Arbitraries.of(0.0, -0.0, 1.5, 0.1, 1e300, -1e-320).injectNull(0.2),
            Arbitraries.of(true, false).injectNull(0.2),
            Arbitraries.of(
                    0L,
                    10L,
                    -1234L,
                    900719925474099301L,
                    900719925474099299L,
                    1000000000001L,
                    1L,
                    999999999999999999L)
                .injectNull(0.2))
        .as(DirectPathTest::event)
        .list()
        .ofSize(20);
  }

  private static EventRecord event(String s, Long l, Double d, Boolean b, Long m) {
    var event = new EventRecord(SCHEMA);
    if (s != null) {
      // Not at the start of its array, as in a decoder's buffer.
      byte[] utf8 = ("??" + s + "?").getBytes(UTF_8);
      event.setText(0, utf8, 2, utf8.length - 3);
    }
    if (l != null) {
      event.setBits(1, l);
    }
    if (d != null) {
      event.setBits(2, Double.doubleToRawLongBits(d));
    }
    if (b != null) {
      event.setBits(3, b ? 1 : 0);
    }
    if (m != null) {
      event.setBits(4, m);
    }
    return event;
  }
}
