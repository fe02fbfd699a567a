package dev.millrace.e2e.scenario;

import dev.millrace.e2e.platform.PlatformExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every folder of {@code src/test/scenarios} on the platform: manifests as a user applies
 * them, and what must be seen afterwards. {@code -Dscenario=<name>} runs one.
 */
class ScenarioIT {
  private static final Path SCENARIOS = Path.of("src", "test", "scenarios");

  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  static Stream<Arguments> scenarios() throws IOException {
    String only = System.getProperty("scenario", "");
    try (var folders = Files.list(SCENARIOS)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("steps.yaml")))
          .filter(folder -> only.isEmpty() || folder.getFileName().toString().equals(only))
          .sorted()
          .map(folder -> Arguments.of(folder.getFileName().toString()))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void shows(String name) throws Exception {
    Scenario scenario = Scenario.read(SCENARIOS.resolve(name));
    PLATFORM.operator();
    new ScenarioRun(scenario, PLATFORM).run();
  }
}
