package dev.millrace.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In a JVM of its own: a process has one log configuration. */
class LogLinesTest {
  private static final Set<String> KEYS =
      Set.of(
          "ts",
          "level",
          "logger",
          "message",
          "kind",
          "namespace",
          "name",
          "generation",
          "reconcileId",
          "reason",
          "child",
          "durationMillis",
          "errorType",
          "errorMessage",
          "stack");

  private static List<JsonNode> lines;

  @BeforeAll
  static void speak() throws IOException, InterruptedException {
    lines = run();
  }

  @Test
  void everyLineIsOneObjectWithTheDocumentedKeys() {
    assertThat(lines).hasSize(5);
    lines.forEach(line -> assertThat(KEYS).containsAll(keys(line)));
    JsonNode first = lines.get(0);
    assertThat(first.get("ts").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}Z");
    assertThat(first.get("level").textValue()).isEqualTo("INFO");
    assertThat(first.get("message").textValue()).isEqualTo("child written");
    assertThat(first.get("kind").textValue()).isEqualTo("FeaturePipeline");
    assertThat(first.get("name").textValue()).isEqualTo("card-fraud");
    assertThat(first.get("generation").textValue()).isEqualTo("7");
    assertThat(first.get("child").textValue()).isEqualTo("ConfigMap fraud/a");
    assertThat(first.has("stack")).isFalse();
  }

  @Test
  void aPassHasOneIdAndTheNextOneAnother() {
    String id = lines.get(0).get("reconcileId").textValue();
    assertThat(id).matches("[0-9a-f]{12}");
    assertThat(lines.get(1).get("reconcileId").textValue()).isEqualTo(id);
    assertThat(lines.get(2).has("reconcileId")).isFalse();
    assertThat(lines.get(3).get("reconcileId").textValue()).isNotEqualTo(id);
  }

  @Test
  void textFromOutsideStaysInItsLine() {
    JsonNode failure = lines.get(1);

    assertThat(failure.get("errorType").textValue()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failure.get("errorMessage").textValue()).isEqualTo("two\nlines \"quoted\"");
    assertThat(failure.get("stack").textValue()).contains("LogLinesTest").contains("\n");
  }

  private static Set<String> keys(JsonNode line) {
    var keys = new TreeSet<String>();
    line.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<JsonNode> run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Speaker.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    var lines = new ArrayList<JsonNode>();
    for (String line : text.split("\n")) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  /** What the process says. */
  static final class Speaker {
    private Speaker() {}

    public static void main(String[] arguments) {
      LogConfiguration.useJsonLines();
      Logger log = LoggerFactory.getLogger("dev.millrace.test");
      var pass = new ReconcileLog();
      pass.started(TestResources.pipeline("card-fraud"));
      log.atInfo()
          .addKeyValue(ReconcileLog.CHILD, "ConfigMap fraud/a")
          .addKeyValue("undocumented", "x")
          .log("child written");
      log.warn("reconcile failed", new IllegalStateException("two\nlines \"quoted\""));
      pass.finished();
      log.info("between passes");
      log.debug("not shown");
      pass.started(TestResources.pipeline("card-fraud"));
      log.info("another pass");
      pass.finished();
      log.warn("the end");
    }
  }
}
