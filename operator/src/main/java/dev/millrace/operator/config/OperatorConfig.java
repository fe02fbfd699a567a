package dev.millrace.operator.config;

import dev.millrace.contract.Violation;
import java.util.ArrayList;
import java.util.regex.Pattern;

/**
 * The operator's own settings; everything has a default, and nothing here comes from a tenant.
 *
 * @param images what pods run
 * @param limits bounds on specs
 * @param flinkServiceAccount service account of Flink pods in tenant namespaces
 * @param sparkServiceAccount service account of extract pods in tenant namespaces
 * @param peers who may call a job's REST port
 * @param historyLimit finished Jobs that a CronJob keeps, of each outcome
 * @param process how the operator's own process runs
 */
public record OperatorConfig(
    Images images,
    Limits limits,
    String flinkServiceAccount,
    String sparkServiceAccount,
    NetworkPeers peers,
    int historyLimit,
    ProcessSettings process) {
  private static final Pattern IMAGE = Pattern.compile("[a-z0-9][A-Za-z0-9._:/@-]{0,254}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Settings of an installation that sets nothing. */
  public static final OperatorConfig DEFAULT =
      new OperatorConfig(
          new Images("millrace/flink-job:0.1.0", "millrace/spark-job:0.1.0", "redis:8.6.3"),
          Limits.DEFAULT,
          "millrace-flink",
          "millrace-spark",
          new NetworkPeers("millrace-system", "flink-operator", "monitoring"),
          3,
          ProcessSettings.DEFAULT);

  /**
   * Reads {@code {images: {…}, limits: {…}, serviceAccounts: {…}, networkPeers: {…}, historyLimit:
   * …, process: {…}}}.
   */
  public static ConfigResult<OperatorConfig> parse(String yaml) {
    var violations = new ArrayList<Violation>();
    OperatorConfig config;
    try (Section root = YamlFile.root(yaml, violations);
        Section images = root.section("images");
        Section limits = root.section("limits");
        Section accounts = root.section("serviceAccounts");
        Section peers = root.section("networkPeers");
        Section process = root.section("process")) {
      config =
          new OperatorConfig(
              images(images),
              limits(limits),
              accounts.text("flink", NAME, "millrace-flink", DEFAULT.flinkServiceAccount),
              accounts.text("spark", NAME, "millrace-spark", DEFAULT.sparkServiceAccount),
              peers(peers),
              root.number("historyLimit", 1, 100, DEFAULT.historyLimit),
              ProcessSettings.read(process));
    }
    return ConfigResult.of(config, violations);
  }

  private static Images images(Section section) {
    Images absent = DEFAULT.images;
    return new Images(
        section.text("flink", IMAGE, absent.flink(), absent.flink()),
        section.text("spark", IMAGE, absent.spark(), absent.spark()),
        section.text("redis", IMAGE, absent.redis(), absent.redis()));
  }

  private static NetworkPeers peers(Section section) {
    NetworkPeers absent = DEFAULT.peers;
    return new NetworkPeers(
        section.text("operator", NAME, absent.operator(), absent.operator()),
        section.text("flinkOperator", NAME, absent.flinkOperator(), absent.flinkOperator()),
        section.text("monitoring", NAME, absent.monitoring(), absent.monitoring()));
  }

  private static Limits limits(Section section) {
    Limits absent = Limits.DEFAULT;
    return new Limits(
        section.number("windowsPerFeature", 1, 1_000, absent.windowsPerFeature()),
        section.number("exactPanes", 1, 10_000_000, absent.exactPanes()),
        section.number("expressionBytes", 1, 65_536, absent.expressionBytes()),
        section.number("expressionDepth", 1, 1_000, absent.expressionDepth()),
        section.number("topicNameBytes", 1, 249, absent.topicNameBytes()));
  }
}
