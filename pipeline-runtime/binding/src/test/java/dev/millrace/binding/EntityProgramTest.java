package dev.millrace.binding;

import static dev.millrace.binding.Definitions.SLIDE;
import static dev.millrace.binding.Definitions.feature;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Feature;
import dev.millrace.contract.Precision;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.KeyState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Definitions through the real kernel, on histories small enough to check by hand. */
class EntityProgramTest {
  @Test
  void computesEveryAggregationWithItsType() {
    var key =
        new OneKey(
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
    var key = new OneKey(List.of(), feature("median", Aggregation.QUANTILE, "m", ""));
    key.add(0, "\"m\":10.00").add(1, "\"m\":20.00").add(2, "\"m\":30.00");
    double median = Double.parseDouble(key.at(SLIDE).get("median_5m"));
    assertThat(median).isBetween(19.8, 20.2);
  }

  @Test
  void givesEmptyWindowsTheirOwnValueOrEmptyAs() {
    var key =
        new OneKey(
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
    assertThat(empty.asOf).isEqualTo(OneKey.T0 + 7 * SLIDE);
    assertThat(OneKey.texts(empty)).containsEntry("n_5m", "0").containsEntry("sum_5m", "-1.00");
  }

  @Test
  void turnsDecimalSumsBeyondEighteenDigitsIntoNull() {
    var key = new OneKey(List.of(), feature("sum", Aggregation.SUM, "m", "", "7.00"));
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
      event.ts = OneKey.T0;
      event.visibleFrom = OneKey.T0 + SLIDE;
      var inputs = new EventInputs(program.layout());
      program.evaluate(event, inputs);
      var state = new KeyState(program.layout());
      if (judge) {
        assertThat(state.admit(inputs)).isTrue();
        assertThat(state.admit(inputs)).isFalse();
      } else {
        state.add(inputs);
        state.advance(OneKey.T0 + SLIDE);
        assertThat(state.asOf()).isEqualTo(OneKey.T0 + SLIDE);
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
    var key = new OneKey(List.of(), shifted);
    key.add(0, "");
    assertThat(key.at(2 * SLIDE)).isEqualTo(Map.of("n_1m", "0", "n_2m", "0"));
    assertThat(key.at(3 * SLIDE)).isEqualTo(Map.of("n_1m", "1", "n_2m", "1"));
    assertThat(key.at(4 * SLIDE)).isEqualTo(Map.of("n_1m", "0", "n_2m", "1"));
  }
}
