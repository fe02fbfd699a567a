package dev.millrace.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.stack.Planning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Online rows beside recomputed ones: every difference is seen, an empty row is one of zeros. */
class ConsistencyTest {
  private static final PipelineDocument DOCUMENT =
      Planning.offline(Path.of(System.getProperty("millrace.root"), "examples/notifications"))
          .onlyPipeline(null)
          .document();

  @Test
  void equalRowsHold() throws IOException {
    Consistency found =
        compared(
            Map.of("shown_1h", "1", "last_kind_24h", "news"),
            """
            {"shown_1h": "1", "last_kind_24h": "news", "kinds_24h": null}
            """);

    assertThat(found.online().rows()).isEqualTo(1);
    assertThat(found.online().differ()).isZero();
    assertThat(found.holds()).isTrue();
  }

  @Test
  void aDifferentMissingOrSuperfluousValueDiffers() throws IOException {
    Consistency found =
        compared(
            Map.of("shown_1h", "1", "offers_24h", "1"),
            """
            {"shown_1h": "2", "last_kind_24h": "news", "offers_24h": null}
            """);

    assertThat(found.online().differ()).isEqualTo(1);
    assertThat(found.online().byColumn())
        .isEqualTo(Map.of("user__shown_1h", 1L, "user__last_kind_24h", 1L, "user__offers_24h", 1L));
    assertThat(found.holds()).isFalse();
  }

  @Test
  void aRowWithoutValuesIsOneOfEmptyWindows() throws IOException {
    assertThat(
            compared(
                    Map.of(),
                    """
                    {"shown_1h": "0", "shown_24h": "0", "last_kind_24h": null}
                    """)
                .holds())
        .isTrue();
    assertThat(
            compared(
                    Map.of(),
                    """
                    {"shown_1h": "0", "shown_24h": "1", "last_kind_24h": "news"}
                    """)
                .online()
                .byColumn())
        .isEqualTo(Map.of("user__shown_24h", 1L, "user__last_kind_24h", 1L));
  }

  @Test
  void mismatchesOfTheFeatureLogCount() throws IOException {
    JsonNode report =
        new ObjectMapper()
            .readTree(
                """
                {"rows": [], "parity": {"rows": 10, "mismatches": 2, "byColumn": {"user__n": 2}}}
                """);

    Consistency found = Consistency.of(DOCUMENT, List.of(), new Findings(report));

    assertThat(found.featureLog().rows()).isEqualTo(10);
    assertThat(found.featureLog().byColumn()).isEqualTo(Map.of("user__n", 2L));
    assertThat(found.holds()).isFalse();
  }

  private static Consistency compared(Map<String, String> online, String recomputed)
      throws IOException {
    JsonNode report =
        new ObjectMapper()
            .readTree(
                """
                {"rows": [{"columns": %s}], "parity": {"rows": 10, "mismatches": 0, "byColumn": {}}}
                """
                    .formatted(recomputed));
    return Consistency.of(
        DOCUMENT, List.of(new OnlineSample("user", "7", 0, online)), new Findings(report));
  }
}
