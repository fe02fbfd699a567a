package dev.millrace.binding;

import static dev.millrace.binding.Definitions.SLIDE;
import static dev.millrace.binding.Definitions.feature;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Derived;
import dev.millrace.contract.Entity;
import dev.millrace.contract.Feature;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Precision;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.KeyState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Definitions through the real kernel, on histories small enough to check by hand. */
class EntityProgramTest {
  private static final long T0 = 1_000_000 * SLIDE;

  /** One key: events in, the row at a grid point out. */
  private static final class Key {
    final Definition definition;
    final EntityProgram program;
    final KeyState state;
    final EventRecord event;
    final EventInputs inputs;
    private int ids;

    Key(List<Derived> derived, Feature... features) {
      definition = Definitions.of(Schemas.everyType(), derived, features);
      program = EntityProgram.compile(definition, "card", true);
      state = new KeyState(program.layout());
      event = new EventRecord(definition.schema());
      inputs = new EventInputs(program.layout());
    }

    /** Adds {@code {"s": "k", …}} at an offset from T0. */
    Key add(long offsetMillis, String members) {
      String json =
          "{\"s\":\"k\",\"id\":\"e%d\",\"ts\":%d%s}"
              .formatted(ids++, T0 + offsetMillis, members.isEmpty() ? "" : "," + members);
      assertThat(new JsonRecordDecoder(definition.schema()).decode(json.getBytes(UTF_8), event))
          .isNull();
      event.visibleFrom = T0 + (offsetMillis / SLIDE + 1) * SLIDE;
      program.evaluate(event, inputs);
      assertThat(state.admit(inputs)).isTrue();
      state.add(inputs);
      return this;
    }

    FeatureRow rowAt(long t) {
      state.advance(T0 + t);
      var row = new FeatureRow(program.columns());
      program.read(state, row);
      return row;
    }

    /** Values as people see them, null columns left out. */
    Map<String, String> at(long t) {
      return texts(rowAt(t));
    }
  }

  private static Map<String, String> texts(FeatureRow row) {
    var texts = new LinkedHashMap<String, String>();
    for (int i = 0; i < row.columns().size(); i++) {
      var column = row.columns().get(i);
      if (!row.isNull(i)) {
        var text = new StringBuilder();
        if (column.type().type() == FieldType.STRING) {
          text.append(new String(row.text(i), UTF_8));
        } else {
          ValueText.append(text, column.type(), row.bits(i));
        }
        texts.put(column.name(), text.toString());
      }
    }
    return texts;
  }

  @Test
  void computesEveryAggregationWithItsType() {
    var key =
        new Key(
            List.of(),
            feature("n", Aggregation.COUNT, "", ""),
            feature("n_m", Aggregation.COUNT, "m", ""),
            feature("sum_m", Aggregation.SUM, "m", ""),
            feature("sum_b", Aggregation.SUM, "b", ""),
            feature("sum_d", Aggregation.SUM, "d", ""),
            feature("mean_m", Aggregation.MEAN, "m", ""),
            feature("min_m", Aggregation.MIN, "m", ""),
            feature("max_t", Aggregation.MAX, "t", ""),
            feature("var_l", Aggregation.VARIANCE, "l", ""),
            feature("std_l", Aggregation.STD_DEV, "l", ""),
            feature("kinds", Aggregation.COUNT_DISTINCT, "l", ""),
            feature("first", Aggregation.FIRST, "id", ""),
            feature("last", Aggregation.LAST, "b", ""));
    key.add(0, "\"m\":1.25,\"b\":true,\"d\":0.5,\"l\":1,\"t\":7")
        .add(1, "\"m\":2.50,\"b\":true,\"d\":0.25,\"l\":3,\"t\":5")
        .add(2, "\"b\":false,\"l\":3");
    assertThat(key.at(SLIDE))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("n_5m", "3"),
                Map.entry("n_m_5m", "2"),
                Map.entry("sum_m_5m", "3.75"),
                Map.entry("sum_b_5m", "2"),
                Map.entry("sum_d_5m", "0.75"),
                Map.entry("mean_m_5m", "1.875"),
                Map.entry("min_m_5m", "1.25"),
                Map.entry("max_t_5m", "7"),
                Map.entry("var_l_5m", String.valueOf(8.0 / 9.0)),
                Map.entry("std_l_5m", String.valueOf(Math.sqrt(8.0 / 9.0))),
                Map.entry("kinds_5m", "2"),
                Map.entry("first_5m", "e0"),
                Map.entry("last_5m", "false")));
    assertThat(key.program.columns())
        .contains(
            new OutputColumn("sum_m_5m", ColumnType.decimal(2)),
            new OutputColumn("sum_b_5m", ColumnType.LONG),
            new OutputColumn("max_t_5m", ColumnType.TIMESTAMP),
            new OutputColumn("first_5m", ColumnType.STRING));
  }

  @Test
  void estimatesQuantilesWithinOnePercent() {
    var key = new Key(List.of(), feature("median", Aggregation.QUANTILE, "m", ""));
    key.add(0, "\"m\":10.00").add(1, "\"m\":20.00").add(2, "\"m\":30.00");
    double median = Double.parseDouble(key.at(SLIDE).get("median_5m"));
    assertThat(median).isBetween(19.8, 20.2);
  }

  @Test
  void givesEmptyWindowsTheirOwnValueOrEmptyAs() {
    var key =
        new Key(
            List.of(),
            feature("n", Aggregation.COUNT, "", ""),
            feature("sum", Aggregation.SUM, "m", "", "-1.00"),
            feature("big", Aggregation.SUM, "m", "m > 5.0", "-1"),
            feature("plain", Aggregation.SUM, "m", "m > 5.0"),
            feature("mean", Aggregation.MEAN, "m", "m > 5.0"),
            feature("max", Aggregation.MAX, "m", "m > 5.0", "0"),
            feature("last", Aggregation.LAST, "s", "m > 5.0", "nobody"));
    key.add(0, "\"m\":2.00").add(1, "\"m\":-2.00");
    assertThat(key.at(SLIDE))
        .isEqualTo(
            Map.of(
                "n_5m", "2",
                "sum_5m", "0.00",
                "big_5m", "-1.00",
                "plain_5m", "0.00",
                "max_5m", "0.00",
                "last_5m", "nobody"));
    FeatureRow empty = key.rowAt(7 * SLIDE);
    assertThat(empty.tombstone).isTrue();
    assertThat(empty.asOf).isEqualTo(T0 + 7 * SLIDE);
    assertThat(texts(empty)).containsEntry("n_5m", "0").containsEntry("sum_5m", "-1.00");
  }

  @Test
  void countsFailuresPerFeatureWithoutDisturbingOthers() {
    var key =
        new Key(
            List.of(),
            feature("n", Aggregation.COUNT, "", ""),
            feature("bare", Aggregation.SUM, "l", ""),
            feature("where", Aggregation.COUNT, "", "l > 0"),
            feature("flag", Aggregation.COUNT, "", "b"),
            feature("value", Aggregation.SUM, "l + 1", ""),
            feature("both", Aggregation.SUM, "10 / l", "l >= 0"),
            feature("range", Aggregation.SUM, "d", ""));
    key.add(0, "\"l\":5,\"b\":true,\"d\":1.0")
        .add(1, "")
        .add(2, "\"l\":0,\"b\":false,\"d\":1e13")
        .add(3, "\"l\":9223372036854775807,\"b\":false");
    var program = key.program;
    assertThat(program.expressionErrors("n")).isZero();
    assertThat(program.expressionErrors("bare")).as("a null field is data").isZero();
    assertThat(program.expressionErrors("where")).as("null").isEqualTo(1);
    assertThat(program.expressionErrors("flag")).as("null").isEqualTo(1);
    assertThat(program.expressionErrors("value")).as("null, overflow").isEqualTo(2);
    assertThat(program.expressionErrors("both")).as("null, 10 / 0").isEqualTo(2);
    assertThat(program.expressionErrors("range")).as("1e13").isEqualTo(1);
    assertThat(key.at(SLIDE))
        .containsEntry("n_5m", "4")
        .containsEntry("where_5m", "2")
        .containsEntry("flag_5m", "1")
        .containsEntry("value_5m", "7")
        .containsEntry("both_5m", "2")
        .containsEntry("range_5m", "1.0");
  }

  @Test
  void derivesColumnsFromColumns() {
    var key =
        new Key(
            List.of(
                new Derived("ratio", "sum_m_5m / double(n_5m)"),
                new Derived("label", "n_5m > 1 ? 'many' : 'few'"),
                new Derived("busy", "n_5m > 1"),
                new Derived("inverse", "1.0 / max_d_5m")),
            feature("n", Aggregation.COUNT, "", ""),
            feature("sum_m", Aggregation.SUM, "m", ""),
            feature("max_d", Aggregation.MAX, "d", ""));
    key.add(0, "\"m\":1.25,\"d\":0.0").add(1, "\"m\":1.75");
    assertThat(key.at(SLIDE))
        .containsEntry("ratio", "1.5")
        .containsEntry("label", "many")
        .containsEntry("busy", "true")
        .doesNotContainKey("inverse");
    assertThat(key.program.expressionErrors("inverse")).as("infinite").isEqualTo(1);
    assertThat(key.at(6 * SLIDE)).containsEntry("label", "few").doesNotContainKey("ratio");
    assertThat(key.program.expressionErrors("inverse")).as("and null").isEqualTo(2);
    assertThat(key.program.expressionErrors("ratio")).as("0/0").isEqualTo(1);
    assertThatThrownBy(() -> key.program.expressionErrors("nothing"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sharesInputsOfEqualValueAndCondition() {
    var key =
        new Key(
            List.of(),
            feature("a", Aggregation.SUM, "m", "b"),
            feature("b", Aggregation.MEAN, " m", "b "),
            feature("c", Aggregation.MEAN, "m", ""));
    assertThat(key.program.layout().inputs()).isEqualTo(2);
    assertThat(key.program.layout().columns()).isEqualTo(3);
  }

  @Test
  void turnsDecimalSumsBeyondEighteenDigitsIntoNull() {
    var key = new Key(List.of(), feature("sum", Aggregation.SUM, "m", "", "7.00"));
    key.add(0, "\"m\":9999999999999999.99");
    assertThat(key.at(SLIDE)).containsEntry("sum_5m", "9999999999999999.99");
    key.add(SLIDE, "\"m\":0.01");
    assertThat(key.at(2 * SLIDE)).isEmpty();
  }

  @Test
  void dropsDuplicatesOnlyWhereItJudges() {
    var definition =
        Definitions.of(Schemas.everyType(), List.of(), feature("n", Aggregation.COUNT, "", ""));
    for (boolean judge : new boolean[] {true, false}) {
      var program = EntityProgram.compile(definition, "card", judge);
      var event = new EventRecord(definition.schema());
      event.setText(6, "id".getBytes(UTF_8), 0, 2);
      event.ts = T0;
      event.visibleFrom = T0 + SLIDE;
      var inputs = new EventInputs(program.layout());
      program.evaluate(event, inputs);
      var state = new KeyState(program.layout());
      if (judge) {
        assertThat(state.admit(inputs)).isTrue();
        assertThat(state.admit(inputs)).isFalse();
      } else {
        state.add(inputs);
        state.advance(T0 + SLIDE);
        assertThat(state.asOf()).isEqualTo(T0 + SLIDE);
      }
    }
  }

  @Test
  void shiftsWindowsByTheirOffset() {
    var shifted =
        new Feature(
            "n",
            Aggregation.COUNT,
            "",
            "",
            List.of("1m", "2m"),
            2 * SLIDE,
            "",
            Precision.EXACT,
            "");
    var key = new Key(List.of(), shifted);
    key.add(0, "");
    assertThat(key.at(2 * SLIDE)).isEqualTo(Map.of("n_1m", "0", "n_2m", "0"));
    assertThat(key.at(3 * SLIDE)).isEqualTo(Map.of("n_1m", "1", "n_2m", "1"));
    assertThat(key.at(4 * SLIDE)).isEqualTo(Map.of("n_1m", "0", "n_2m", "1"));
  }

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
        "Sum cannot take String", () -> new Key(List.of(), feature("x", Aggregation.SUM, "s", "")));
    assertRefused(
        "Sum cannot take no value",
        () -> new Key(List.of(), feature("x", Aggregation.SUM, "", "")));
    assertRefused(
        "not a condition", () -> new Key(List.of(), feature("x", Aggregation.COUNT, "", "m")));
    assertRefused(
        "emptyAs \"abc\" is not a Decimal(2)",
        () -> new Key(List.of(), feature("x", Aggregation.SUM, "m", "", "abc")));
    assertRefused(
        "write 0.0", () -> new Key(List.of(), feature("x", Aggregation.COUNT, "", "m > 0")));
  }

  private static void assertRefused(
      String text, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOf(MillraceFailure.class)
        .hasMessageStartingWith("MR/DefinitionRefused: ")
        .hasMessageContaining(text);
  }
}
