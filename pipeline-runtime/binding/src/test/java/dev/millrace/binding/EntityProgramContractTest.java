package dev.millrace.binding;

import static dev.millrace.binding.Definitions.SLIDE;
import static dev.millrace.binding.Definitions.feature;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.MillraceFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys, judges and refusals of a compiled entity. */
class EntityProgramContractTest {
  @Test
  void appendsCanonicalKeysAndFindsTheJudge() {
    var schema = Schemas.everyType();
    var definition =
        new Definition(
            SLIDE,
            schema,
            0,
            0,
            List.of(
                new Entity("pair", List.of("s", "l"), List.of(), List.of()),
                new Entity("flag", List.of("b"), List.of(), List.of())),
            1);
    var pair = EntityProgram.compile(definition, "pair", false);
    var judges = JudgeOrder.of(definition);
    var event = new EventRecord(schema);
    var key = new StringBuilder("keep");
    assertThat(judges.judgeOf(event)).isEqualTo(-1);
    event.setText(0, "a|ü".getBytes(UTF_8), 0, 4);
    assertThat(pair.appendKey(event, key)).isFalse();
    assertThat(key).hasToString("keep");
    event.setBits(3, 1);
    assertThat(judges.judgeOf(event)).isEqualTo(1);
    event.setBits(1, -5);
    assertThat(pair.appendKey(event, key)).isTrue();
    assertThat(key).hasToString("keepa%7C%C3%BC|-5");
    assertThat(judges.judgeOf(event)).isZero();
  }

  @Test
  void refusesDefinitionsThatThePlannerWouldNotAccept() {
    assertRefused(
        "has no entity",
        () -> EntityProgram.compile(Definitions.of(Schemas.everyType(), List.of()), "shop", false));
    assertRefused(
        "Sum cannot take String",
        () -> new OneKey(List.of(), feature("x", Aggregation.SUM, "s", "")));
    assertRefused(
        "Sum cannot take no value",
        () -> new OneKey(List.of(), feature("x", Aggregation.SUM, "", "")));
    assertRefused(
        "not a condition", () -> new OneKey(List.of(), feature("x", Aggregation.COUNT, "", "m")));
    assertRefused(
        "emptyAs \"abc\" is not a Decimal(2)",
        () -> new OneKey(List.of(), feature("x", Aggregation.SUM, "m", "", "abc")));
    assertRefused(
        "write 0.0", () -> new OneKey(List.of(), feature("x", Aggregation.COUNT, "", "m > 0")));
  }

  private static void assertRefused(
      String text, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOf(MillraceFailure.class)
        .hasMessageStartingWith("MR/DefinitionRefused: ")
        .hasMessageContaining(text);
  }
}
