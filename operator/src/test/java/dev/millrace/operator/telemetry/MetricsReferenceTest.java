package dev.millrace.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dreference.regenerate} writes the pages anew; without it a difference fails the build.
 */
class MetricsReferenceTest {
  private static final Path DOCS = Path.of(System.getProperty("millrace.root"), "docs");
  private static final String BEGIN = "<!-- metrics: generated -->\n";
  private static final String END = "<!-- end of metrics -->\n";

  @Test
  void referenceEqualsTheEnum() throws IOException {
    Path page = DOCS.resolve("reference/metrics.md");
    String generated =
        "# Metrics\n\nGenerated from `MetricName`. A histogram's series end in `_bucket`, `_sum`,"
            + " `_count` and `_max`.\n\n"
            + table();
    if (System.getProperty("reference.regenerate") != null) {
      Files.writeString(page, generated);
    }
    assertThat(page).content().isEqualTo(generated);
  }

  @Test
  void theOperatorsGuideHasTheSameTable() throws IOException {
    Path page = DOCS.resolve("operate.md");
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertThat(end).as("markers in %s", page).isGreaterThanOrEqualTo(begin);
    String generated = text.substring(0, begin) + table() + text.substring(end);
    if (System.getProperty("reference.regenerate") != null) {
      Files.writeString(page, generated);
    }
    assertThat(page).content().isEqualTo(generated);
  }

  private static String table() {
    var table = new StringBuilder("| metric | type | labels | meaning |\n|---|---|---|---|\n");
    for (MetricName metric : MetricName.values()) {
      table.append(
          "| `"
              + metric.text()
              + "` | "
              + metric.type().text()
              + " | "
              + String.join(", ", metric.labels())
              + " | "
              + metric.meaning()
              + " |\n");
    }
    return table.toString();
  }
}
