package dev.millrace.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.PlanText;
import dev.millrace.operator.plan.Planner;
import dev.millrace.operator.plan.References;
import dev.millrace.operator.plan.ResourceReader;
import dev.millrace.operator.plan.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plans of the golden folders' inputs. */
public final class TestPlans {
  private TestPlans() {}

  /** The plan of the smallest pipeline. */
  public static PipelinePlan minimal() {
    Path file =
        Path.of(
            System.getProperty("basedir", "."),
            "src/test/resources/golden/minimal/in-pipeline.yaml");
    return of(text(file));
  }

  /** The plan of one pipeline, which has to be valid. */
  public static PipelinePlan of(String yaml) {
    Resources resources = ResourceReader.read("test.yaml", yaml, "default");
    var references =
        new References(
            TestCatalogue.connections(),
            resources.pipelines(),
            resources.labelWindows(),
            TestCatalogue.NOW);
    var result = Planner.plan(resources.pipelines().get(0), references, OperatorConfig.DEFAULT);
    assertThat(PlanText.refusal(result)).isEmpty();
    return ((PlanResult.Valid<PipelinePlan>) result).plan();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
