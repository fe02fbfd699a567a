package dev.millrace.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.binding.EntityProgram;
import dev.millrace.binding.OutputColumn;
import dev.millrace.operator.TestCatalogue;
import dev.millrace.operator.config.OperatorConfig;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The columns the planner promises are those that the engines compute, in name, order and type. */
class ColumnsTest {
  static Stream<PlannerSamples> pipelines() {
    return PlannerSamples.of("valid").stream()
        .filter(sample -> sample.yaml().contains("kind: FeaturePipeline"))
        .filter(sample -> !sample.yaml().contains("format: Avro"));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void plannedColumnsAreComputedColumns(PlannerSamples sample) {
    Resources resources = ResourceReader.read(sample.name(), sample.yaml(), "default");
    var references =
        new References(TestCatalogue.connections(), List.of(), List.of(), TestCatalogue.NOW);
    var result = Planner.plan(resources.pipelines().get(0), references, OperatorConfig.DEFAULT);
    PipelinePlan plan = ((PlanResult.Valid<PipelinePlan>) result).plan();

    for (EntityPlan entity : plan.entities()) {
      List<OutputColumn> computed =
          EntityProgram.compile(plan.definition(), entity.name(), false).columns();
      assertThat(
              entity.columns().stream()
                  .map(column -> new OutputColumn(column.name(), column.type()))
                  .toList())
          .isEqualTo(computed);
    }
  }
}
