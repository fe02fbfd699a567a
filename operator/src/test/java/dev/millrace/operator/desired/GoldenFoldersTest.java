package dev.millrace.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.TestCatalogue;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.PlanText;
import dev.millrace.operator.plan.Planner;
import dev.millrace.operator.plan.References;
import dev.millrace.operator.plan.ResourceReader;
import dev.millrace.operator.plan.Resources;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder below {@code golden} is a case: {@code in-*.yaml} are resources, {@code out-*.yaml}
 * every object made of them, also those of a deletion, {@code out-plan.txt} what the command
 * prints. Files that are neither read nor written fail the test. {@code -Dgolden.regenerate} writes
 * what is made now.
 */
class GoldenFoldersTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/golden");
  private static final boolean REGENERATE = System.getProperty("golden.regenerate") != null;

  static Stream<Path> cases() throws IOException {
    return Files.list(GOLDEN).filter(Files::isDirectory).sorted();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesExactlyTheseObjects(Path folder) throws IOException {
    Map<String, String> made = made(read(folder));

    if (REGENERATE) {
      write(folder, made);
    }
    assertThat(outputs(folder).keySet()).isEqualTo(made.keySet());
    outputs(folder).forEach((name, text) -> assertThat(made.get(name)).as(name).isEqualTo(text));
  }

  private static Resources read(Path folder) throws IOException {
    var resources = new Resources(List.of(), List.of(), List.of());
    for (Path file : files(folder, "in-")) {
      resources =
          resources.and(
              ResourceReader.read(
                  file.getFileName().toString(), Files.readString(file), "default"));
    }
    assertThat(resources.refusals()).isEmpty();
    return resources;
  }

  private static Map<String, String> made(Resources resources) {
    var made = new TreeMap<String, String>();
    var text = new StringBuilder();
    var references =
        new References(
            TestCatalogue.connections(),
            resources.pipelines(),
            resources.labelWindows(),
            TestCatalogue.NOW);
    for (FeaturePipeline pipeline : resources.pipelines()) {
      PipelinePlan plan = valid(Planner.plan(pipeline, references, OperatorConfig.DEFAULT), text);
      List<HasMetadata> objects =
          PipelineObjects.of(plan, OperatorConfig.DEFAULT, Optional.of("correct-horse"));
      put(made, objects);
      if (plan.deleteData()) {
        put(made, CleanUpJobs.of(plan, OperatorConfig.DEFAULT));
      }
      text.append(PlanText.created(plan, objects));
    }
    for (LabelWindow window : resources.labelWindows()) {
      LabelWindowPlan plan = valid(Planner.plan(window, references, OperatorConfig.DEFAULT), text);
      List<HasMetadata> objects = LabelWindowObjects.of(plan, OperatorConfig.DEFAULT);
      put(made, objects);
      if (plan.deleteData()) {
        put(made, CleanUpJobs.of(plan, OperatorConfig.DEFAULT));
      }
      text.append(PlanText.created(plan, objects));
    }
    made.put("out-plan.txt", text.toString());
    return made;
  }

  private static <P> P valid(PlanResult<P> result, StringBuilder text) {
    assertThat(PlanText.refusal(result)).isEmpty();
    var valid = (PlanResult.Valid<P>) result;
    text.append(PlanText.lines(valid.notices()));
    return valid.plan();
  }

  private static void put(Map<String, String> made, List<HasMetadata> objects) {
    for (HasMetadata object : objects) {
      String name = "out-%s-%s.yaml".formatted(object.getKind(), object.getMetadata().getName());
      assertThat(made.put(name, Serialization.asYaml(object))).as(name).isNull();
    }
  }

  private static Map<String, String> outputs(Path folder) throws IOException {
    var outputs = new TreeMap<String, String>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!(name.startsWith("in-") && name.endsWith(".yaml"))) {
          outputs.put(name, Files.readString(file));
        }
      }
    }
    return outputs;
  }

  private static void write(Path folder, Map<String, String> made) throws IOException {
    for (String old : outputs(folder).keySet()) {
      Files.delete(folder.resolve(old));
    }
    for (Map.Entry<String, String> file : made.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static List<Path> files(Path folder, String start) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(start))
          .sorted()
          .toList();
    }
  }
}
