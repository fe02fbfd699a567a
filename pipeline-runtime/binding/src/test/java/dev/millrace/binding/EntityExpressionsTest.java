package dev.millrace.binding;

import static dev.millrace.binding.Definitions.SLIDE;
import static dev.millrace.binding.Definitions.feature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.Derived;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Value, where and derived of a compiled entity, and what is counted when they fail. */
class EntityExpressionsTest {
  @Test
  void countsFailuresPerFeatureWithoutDisturbingOthers() {
    var key =
        new OneKey(
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
        .add(3, "\"l\":9223372036854775807,\"b\":false,\"d\":2.0");
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
        .containsEntry("range_5m", "3.0");
  }

  @Test
  void derivesColumnsFromColumns() {
    var key =
        new OneKey(
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
        new OneKey(
            List.of(),
            feature("a", Aggregation.SUM, "m", "b"),
            feature("b", Aggregation.MEAN, " m", "b "),
            feature("c", Aggregation.MEAN, "m", ""));
    assertThat(key.program.layout().inputs()).isEqualTo(2);
    assertThat(key.program.layout().columns()).isEqualTo(3);
  }
}
