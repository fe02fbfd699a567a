package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.contract.CleanUpDocument;
import dev.millrace.contract.CleanUpReport;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.contract.ResourceKind;
import dev.millrace.contract.RunOutcome;
import dev.millrace.spark.cleanup.CleanUpMain;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.report.ReportSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands in JVMs of their own: exit codes, the report, the termination message. */
class MainsIT {
  private static final long AS_OF = START + 20 * DAY;

  @TempDir Path folder;

  private record Exit(int code, String lastLine, JsonNode message) {}

  private Exit run(Class<?> main, String... arguments) throws Exception {
    return run(main, Map.of(), arguments);
  }

  private Exit run(Class<?> main, Map<String, String> environment, String... arguments)
      throws Exception {
    Path message = folder.resolve("termination.log");
    Path out = folder.resolve("out.txt");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SparkJvmOptions.list());
    command.add("-Xmx768m");
    command.add("-D" + ReportSink.PROPERTY + "=" + message);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    int code = process.waitFor();
    List<String> lines = Files.readAllLines(out);
    String json = Files.readString(message);
    assertThat(lines.get(lines.size() - 1)).isEqualTo(json);
    return new Exit(code, json, new ObjectMapper().readTree(json));
  }

  private Path document(ExtractDocument document) throws Exception {
    return Files.writeString(folder.resolve("extract.json"), DocumentCodec.write(document));
  }

  @Test
  void verifyExtractsProvesAndReports() throws Exception {
    var world = new ShopWorld(folder, 1);
    world.archive(
        List.of(
            ShopEvents.event(1, 7L, "pen", "2.50", 1.5, true, START),
            ShopEvents.event(2, 7L, "pen", "4.00", 2.5, false, START + 10 * MINUTE)),
        AS_OF);
    world.labels().append(List.of(world.label(0, 2, true, AS_OF - MINUTE)));
    Path request = folder.resolve("request.json");
    Files.writeString(
        request,
        "{\"leakAnchors\":10,\"firstRows\":1,\"rows\":[{\"entity\":\"customer\",\"key\":\"7\",\"asOf\":%d}]}"
            .formatted(START + 11 * MINUTE));
    Path report = folder.resolve("report.json");
    String asOf = Instant.ofEpochMilli(AS_OF).toString();

    Exit exit =
        run(
            VerifyMain.class,
            document(world.document()).toString(),
            asOf,
            request.toString(),
            report.toString());

    assertThat(exit.code()).isZero();
    assertThat(exit.message().path("outcome").asText()).isEqualTo("Published");
    assertThat(exit.message().path("rows").asLong()).isEqualTo(2);
    JsonNode found = new ObjectMapper().readTree(report.toFile());
    assertThat(found.path("leak").path("pastChangedDiffer").asLong()).isEqualTo(2);
    assertThat(found.path("rows").path(0).path("columns").path("spent_1h").asText())
        .isEqualTo("6.50");
    assertThat(found.path("trainingSet").path("firstRows").path(0).path("anchor_id").asText())
        .isEqualTo("1");
  }

  @Test
  void aJobThatNoCronJobNamedFailsWithoutAnInstant() throws Exception {
    Exit exit = run(ExtractMain.class, Map.of("MILLRACE_JOB_NAME", "returned-7d-by-hand"), "none");

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.message().has("asOf")).isFalse();
    assertThat(exit.message().path("reason").asText()).isEqualTo("RunFailed");
    assertThat(exit.message().path("message").asText())
        .startsWith("MR/RunFailed: Job \"returned-7d-by-hand\" was not named by a CronJob");
  }

  @Test
  void aCleanUpDeletesAndReports() throws Exception {
    Path latest = folder.resolve("store/shop/labelwindows/returned-7d/latest.json");
    Files.createDirectories(latest.getParent());
    Files.writeString(latest, "{}");
    String location = latest.getParent().toUri().toString().replaceAll("/$", "");
    var document =
        new CleanUpDocument(
            CleanUpDocument.CODEC,
            ResourceKind.LABEL_WINDOW,
            "shop",
            "returned-7d",
            "uid-1",
            location,
            "",
            0,
            false,
            "");
    Path file = Files.writeString(folder.resolve("clean-up.json"), DocumentCodec.write(document));

    Exit exit = run(CleanUpMain.class, file.toString());

    assertThat(exit.code()).isZero();
    assertThat(CleanUpReport.parse(exit.lastLine()))
        .contains(new CleanUpReport(CleanUpReport.CODEC, null, null, 0, 0, 1, List.of()));
    assertThat(latest.getParent()).doesNotExist();
  }

  @Test
  void aCleanUpThatCannotBeDoneSaysWhy() throws Exception {
    Exit exit = run(CleanUpMain.class, folder.resolve("none.json").toString());

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.message().path("reason").asText()).isEqualTo("DefinitionRefused");
  }

  @Test
  void onlyARefusedRunIsNotTriedAgain() {
    assertThat(ExtractMain.exitCode(RunOutcome.PUBLISHED)).isZero();
    assertThat(ExtractMain.exitCode(RunOutcome.NOTHING_MATURE)).isZero();
    assertThat(ExtractMain.exitCode(RunOutcome.FAILED)).isEqualTo(1);
    assertThat(ExtractMain.exitCode(RunOutcome.REFUSED)).isEqualTo(3);
  }

  @Test
  void aFailureIsAReasonAndExitCodeOne() throws Exception {
    var definition = ShopDefinition.definition();
    var nowhere =
        ShopDefinition.joined(definition, 1, folder.resolve("nothing").toUri().toString());
    var to =
        new ExtractWiring("127.0.0.1:1", "", "labels", folder.resolve("out").toUri().toString());
    var document =
        ShopDefinition.document(
            nowhere, "", ShopDefinition.label(), 0, ShopDefinition.UNJUDGED, to);

    Exit exit = run(ExtractMain.class, document(document).toString(), "2026-05-01T02:15:00Z");

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.message().path("outcome").asText()).isEqualTo("Failed");
    assertThat(exit.message().path("reason").asText()).isEqualTo("NotFinished");
    assertThat(exit.message().path("message").asText())
        .startsWith("MR/NotFinished: version 1 of pipeline sales has archived nothing yet");
  }
}
