package dev.millrace.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.stack.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes, and one clear line per failure (experience.md §3). */
class CommandsTest {
  private static final Path ROOT = Path.of(System.getProperty("millrace.root"));
  private static final String EXAMPLE = ROOT.resolve("examples/online-retail").toString();

  @TempDir Path folder;

  @BeforeEach
  void useAHomeOfItsOwn() {
    System.setProperty("millrace.home", folder.resolve("home").toString());
  }

  @AfterEach
  void forgetTheHome() {
    System.clearProperty("millrace.home");
  }

  @Test
  void plansTheExampleAndSaysThatSomethingIsPending() {
    var plan = Invocation.of("plan", "-f", EXAMPLE);
    assertThat(plan.err()).isEmpty();
    assertThat(plan.exitCode()).isEqualTo(2);
    assertThat(plan.out())
        .startsWith("online-retail (shop)   new v1 from shop.sales (kept 60d)   definition ")
        .contains("customer.spend             1h 24h 7d 30d                  Decimal(3)")
        .contains("children  ConfigMap +1 · FlinkDeployment +1 · KafkaTopic +3")
        .contains("returned-30d (shop)   is_returned of online-retail");
  }

  @Test
  void plansTheReadmesYaml() throws IOException {
    Matcher block =
        Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(block.find()).as("README.md has a YAML block").isTrue();
    Files.writeString(folder.resolve("pipeline.yaml"), block.group(1));
    var plan = Invocation.of("plan", "-f", folder.toString());
    assertThat(plan.err()).isEmpty();
    assertThat(plan.exitCode()).isEqualTo(2);
    assertThat(block.group(1).lines().filter(line -> !line.isBlank()).count())
        .isLessThanOrEqualTo(10);
  }

  @Test
  void printsEveryViolationAtOnce() throws IOException {
    String yaml =
        Files.readString(Path.of(EXAMPLE, "pipeline.yaml"))
            .replace("slide: 1m", "slide: 7s")
            .replace("quantile: \"0.95\"", "quantile: \"1.5\"")
            .replace("value: item_id", "value: item");
    Files.writeString(folder.resolve("pipeline.yaml"), yaml);
    var plan = Invocation.of("plan", "-f", folder.toString());
    assertThat(plan.exitCode()).isEqualTo(1);
    assertThat(plan.out()).isEmpty();
    assertThat(plan.err())
        .startsWith("✗ FeaturePipeline shop/online-retail\n")
        .contains("spec.entities[customer].features[items].value")
        .contains("spec.entities[item].features[quantity_p95].quantile")
        .contains("windows")
        .doesNotContain("Exception");
  }

  @Test
  void saysWhereYamlIsBroken() throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), "apiVersion: a\nkind: [\n");
    var plan = Invocation.of("plan", "-f", folder.toString());
    assertThat(plan.exitCode()).isEqualTo(1);
    assertThat(plan.err()).contains("pipeline.yaml").contains("line").doesNotContain("\tat ");
    assertThat(plan.errorLines()).isLessThanOrEqualTo(2);
    var up = Invocation.of("up", "-f", folder.toString());
    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.err()).isEqualTo(plan.err());
  }

  @Test
  void namesAFolderThatIsMissingOrEmpty() throws IOException {
    assertLine(
        Invocation.of("plan", "-f", folder.resolve("none").toString()),
        folder.resolve("none") + " does not exist; name a folder with resources in YAML");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertLine(
        Invocation.of("plan", "-f", empty.toString()),
        empty + " holds no FeaturePipeline and no LabelWindow; name a folder with their YAML");
  }

  @Test
  void answersWrongUsageWithOneLine() {
    assertLine(
        Invocation.of("plan"), "Missing required option: '-f=FOLDER'; see millrace plan --help");
    assertThat(Invocation.of("plam").exitCode()).isEqualTo(1);
    assertThat(Invocation.of("demo", "--inject-late", "much").exitCode()).isEqualTo(1);
    assertThat(Invocation.of("extract").exitCode()).isEqualTo(1);
    assertThat(Invocation.of("--help").exitCode()).isZero();
  }

  @Test
  void saysThatNothingRuns() {
    String nothing = "no running stack; start one with ./millrace up -f <folder>";
    assertLine(Invocation.of("get", "online-retail", "customer", "customer_id=1"), nothing);
    assertLine(Invocation.of("extract", "run", "-f", EXAMPLE), nothing);
  }

  @Test
  void saysWhichPortIsTakenAndLeavesNothingBehind() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path data = folder.resolve("data");
      String port = Integer.toString(taken.getLocalPort());
      for (String option : new String[] {"--kafka-port", "--redis-port", "--flink-port"}) {
        assertLine(
            Invocation.of("up", "-f", EXAMPLE, "--data", data.toString(), option, port),
            "port " + port + " is in use; stop its owner or choose another with " + option);
      }
      assertThat(data.resolve("lock")).doesNotExist();
    }
  }

  @Test
  void refusesADataFolderInUse() throws IOException {
    Path data = folder.resolve("data");
    try (var held = DataFolder.open(data)) {
      assertLine(
          Invocation.of("up", "-f", EXAMPLE, "--data", held.path().toString()),
          data + " is in use by another stack; stop it or choose another folder with --data");
    }
    assertThat(data.resolve("lock")).doesNotExist();
  }

  @Test
  void writesTheDetailsOfAFailureWhereItSays() throws IOException {
    var plan = Invocation.of("plan", "-v", "-f", folder.resolve("none").toString());
    String details = plan.err().lines().skip(1).findFirst().orElseThrow();
    assertThat(Path.of(details.substring("details: ".length())))
        .content()
        .contains("LocalFailure")
        .contains("\tat ");
  }

  private static void assertLine(Invocation invocation, String line) {
    assertThat(invocation.err()).isEqualTo("millrace: " + line + "\n");
    assertThat(invocation.exitCode()).isEqualTo(1);
  }
}
