package dev.millrace.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts ask for documented metrics and labels only, and each has its runbook. */
class AlertsTest {
  private static final Path ROOT = Path.of(System.getProperty("millrace.root"));
  private static final Pattern METRIC = Pattern.compile("(millrace_[a-z_]+)(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=|!=|=~|!~)\\s*\"");
  private static final Pattern GROUPING = Pattern.compile("(?:by|on|ignoring) \\(([^)]*)\\)");
  private static final Pattern TEMPLATE = Pattern.compile("\\$labels\\.([a-z_]+)");

  @Test
  void everyQueryNamesDocumentedMetricsAndTheirLabels() throws IOException {
    List<JsonNode> alerts = alerts();

    assertThat(alerts).hasSizeGreaterThanOrEqualTo(16);
    for (JsonNode alert : alerts) {
      String name = alert.get("alert").textValue();
      String query = alert.get("expr").textValue();
      var labels = new TreeSet<String>();
      METRIC
          .matcher(query)
          .results()
          .forEach(
              found -> {
                MetricName metric = metric(found.group(1)).orElse(null);
                assertThat(metric).as("%s asks for %s", name, found.group(1)).isNotNull();
                labels.addAll(metric.labels());
                String matchers = found.group(2) == null ? "" : found.group(2);
                assertThat(metric.labels())
                    .as("%s: %s", name, found.group())
                    .containsAll(words(MATCHER, matchers));
              });
      assertThat(METRIC.matcher(query).find()).as("%s asks for a metric", name).isTrue();
      List<String> grouping =
          words(GROUPING, query).stream()
              .flatMap(list -> Arrays.stream(list.split(", ?")))
              .toList();
      assertThat(labels).as("%s groups by", name).containsAll(grouping);
      assertThat(labels)
          .as("%s shows", name)
          .containsAll(words(TEMPLATE, alert.get("annotations").toString()));
    }
  }

  @Test
  void everyAlertSaysWhatItIsAndHasARunbookWithFourParts() throws IOException {
    for (JsonNode alert : alerts()) {
      String name = alert.get("alert").textValue();
      JsonNode annotations = alert.get("annotations");
      assertThat(annotations.get("summary").textValue()).as(name).isNotBlank();
      assertThat(annotations.get("description").textValue()).as(name).isNotBlank();
      assertThat(alert.at("/labels/severity").textValue())
          .as(name)
          .isIn("info", "warning", "critical");
      String address = annotations.get("runbook_url").textValue();
      assertThat(address).isEqualTo("docs/runbooks/" + name + ".md");
      assertThat(ROOT.resolve(address))
          .content()
          .startsWith("# " + name + "\n")
          .contains("**Meaning.**", "**First command.**", "**Likely causes**", "**Undo.**");
    }
  }

  @Test
  void everyRunbookHasItsAlert() throws IOException {
    var names = new TreeSet<String>();
    for (JsonNode alert : alerts()) {
      names.add(alert.get("alert").textValue() + ".md");
    }
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs/runbooks"))) {
      assertThat(pages.map(page -> page.getFileName().toString()).sorted(Comparator.naturalOrder()))
          .containsExactlyElementsOf(names);
    }
  }

  private static List<JsonNode> alerts() throws IOException {
    JsonNode file =
        new YAMLMapper().readTree(ROOT.resolve("helm-chart/files/alerts.yaml").toFile());
    var alerts = new ArrayList<JsonNode>();
    file.get("groups").forEach(group -> group.get("rules").forEach(alerts::add));
    return alerts;
  }

  private static Optional<MetricName> metric(String series) {
    return Arrays.stream(MetricName.values())
        .filter(
            metric ->
                series.equals(metric.text())
                    || metric.type() == MetricType.HISTOGRAM
                        && Stream.of("_bucket", "_sum", "_count")
                            .anyMatch(part -> series.equals(metric.text() + part)))
        .findFirst();
  }

  private static List<String> words(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }
}
