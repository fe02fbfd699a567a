package dev.millrace.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.config.ConfigResult;
import dev.millrace.operator.config.ConnectionCatalogue;
import dev.millrace.operator.config.OperatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The resources of every example are planned without a word, on a store that is a folder. */
class ExamplesTest {
  private static final String LOCAL =
      """
      connections:
        kafka:
        - {name: default, cluster: local, namespace: kafka, bootstrapServers: "127.0.0.1:9092"}
        redis: [{name: default, host: 127.0.0.1, port: 6379}]
        storage: [{name: default, location: "file:///tmp/millrace"}]
      """;

  static Stream<Path> examples() throws IOException {
    return Files.list(Path.of(System.getProperty("millrace.root"), "examples"))
        .filter(Files::isDirectory)
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void plansEveryResource(Path example) throws IOException {
    var resources = new Resources(List.of(), List.of(), List.of());
    for (String file : List.of("pipeline.yaml", "labels.yaml")) {
      if (Files.exists(example.resolve(file))) {
        String text = Files.readString(example.resolve(file));
        resources = resources.and(ResourceReader.read(file, text, "default"));
      }
    }
    assertThat(resources.refusals()).isEmpty();
    assertThat(resources.pipelines()).isNotEmpty();

    var connections = (ConfigResult.Accepted<ConnectionCatalogue>) ConnectionCatalogue.parse(LOCAL);
    var references =
        new References(
            connections.value(),
            resources.pipelines(),
            resources.labelWindows(),
            Instant.parse("2026-11-24T12:00:00Z"));
    for (var pipeline : resources.pipelines()) {
      assertValid(Planner.plan(pipeline, references, OperatorConfig.DEFAULT));
    }
    for (var window : resources.labelWindows()) {
      assertValid(Planner.plan(window, references, OperatorConfig.DEFAULT));
    }
  }

  private static void assertValid(PlanResult<?> result) {
    assertThat(PlanText.refusal(result)).isEmpty();
    assertThat(((PlanResult.Valid<?>) result).notices()).isEmpty();
  }
}
