package dev.millrace.local.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.local.LocalFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of the reports, worked out by hand from {@link RecordedRuns}. */
class ReportsTest {
  @TempDir Path location;

  private ExtractDocument document;

  @BeforeEach
  void record() throws IOException {
    RecordedRuns.write(location);
    document = RecordedRuns.document(location);
  }

  @Test
  void labelsAreThoseOfTheNewestRunAlsoIfItWasRefused() {
    var report = labels(null);

    assertThat(report.asOf()).isEqualTo("2011-03-04T13:00:00Z");
    assertThat(report.pending()).isEqualTo(9);
    assertThat(report.mature()).isEqualTo(25);
    assertThat(report.finalised()).isEqualTo(140);
    assertThat(report.positives()).isEqualTo(8);
    assertThat(report.runs())
        .containsExactly(
            new LabelsReport.Run("2011-03-01T13:00:00Z", 100, 7, 40, 100, 9, 13),
            new LabelsReport.Run("2011-03-02T13:00:00Z", 40, 1, 25, 140, 10, 13));
    assertThat(report.days())
        .containsExactly(
            new LabelsReport.Day("2011-01-24", 60, 0, 0, 5, 0),
            new LabelsReport.Day("2011-01-25", 0, 0, 0, 0, 0),
            new LabelsReport.Day("2011-01-26", 40, 0, 0, 2, 0),
            new LabelsReport.Day("2011-01-27", 40, 0, 0, 1, 0),
            new LabelsReport.Day("2011-01-28", 0, 25, 0, 3, 0),
            new LabelsReport.Day("2011-01-29", 0, 0, 0, 0, 0),
            new LabelsReport.Day("2011-01-30", 0, 0, 9, 0, 2));
  }

  @Test
  void anOlderRunKnowsNothingOfLaterOnes() {
    var report = labels(Instant.parse("2011-03-01T13:00:00Z"));

    assertThat(report.finalised()).isEqualTo(100);
    assertThat(report.positives()).isEqualTo(7);
    assertThat(report.runs()).hasSize(1);
    assertThat(report.days())
        .extracting(LabelsReport.Day::day)
        .containsExactly("2011-01-24", "2011-01-25", "2011-01-26", "2011-01-27");
  }

  @Test
  void labelsForATerminal() {
    assertThat(ReportForm.TABLE.of(labels(null)))
        .isEqualTo(
            """
            returned-30d → is_returned of online-retail   window 30d + gap 0s + delay 3d   run 2011-03-04T13:00:00Z
              pending 9 (2 known to be positive) · mature 25 · finalised 140 (5.71% positive) · corrected 2 · next maturity 2011-02-28T16:41:00Z
              labels to 2011-02-28T15:18:50Z, flowing
              pending by anchor day   2011-01-30 █ 2011-01-30
              label delay   P50 7.0d  P90 20.0d  P95 30.0d  P99 50.0d   of 50 label events
              ! P99 is 50.0d, beyond 33d: more than 1% of the labels come too late and their rows say otherwise; raise attributionWindow or labelDelay
              serving delay 15s assumed, P95 of online-retail 12.3s
              consistency   2,000 sampled rows, 1 differ from what was served: {item__sold_7d=1}
              surrogate     disputed   precision 75%  recall 37.5%  lift 6.56   of 140 rows
              rows by run   █▄   2 published, the last 2011-03-02T13:00:00Z
              visible then  run 2011-03-01T13:00:00Z saw 9 positives, 69.2% of the 13 known now
            """);
  }

  @Test
  void driftPutsTheWorstFirstAndKeepsTheGatesWords() {
    var report = DriftReport.of(document, RunArchive.read(location), null);

    assertThat(report.columns())
        .extracting(DriftReport.Column::column, DriftReport.Column::verdict)
        .containsExactly(tuple("price", "Drift, NullRate"), tuple("amount", "Passed"));
    var price = report.columns().get(0);
    assertThat(price.nulls()).isEqualTo("40");
    assertThat(price.nullsBaseline()).isEqualTo("10.83");
    assertThat(price.value()).isEqualTo("55.5");
    assertThat(price.nullsByDay())
        .containsExactly(
            Map.entry("2011-01-24", 10.0),
            Map.entry("2011-01-26", 10.0),
            Map.entry("2011-01-27", 12.5),
            Map.entry("2011-01-28", 40.0));
    assertThat(price.valueByRun()).hasSize(3);
    assertThat(ReportForm.TABLE.of(report))
        .isEqualTo(
            """
            returned-30d   run 2011-03-04T13:00:00Z · 25 rows · anchor days 2011-01-28 · baseline 2011-01-24 … 2011-01-27 (3 with rows)
            COLUMN     NULLS  BASELINE      P90 BASE       P90 RUN     CHANGE  NULLS, 14 DAYS  VERDICT
            price        40%    10.83%           110          55.5     -49.5%  ▃▃▄█            Drift, NullRate
            amount        0%        0%             -             -          -  ▁▁▁▁            Passed
            Refused: 1 column beyond a limit; nothing was published
            """);
  }

  @Test
  void everyFigureOfTextAndPageIsInTheJson() throws IOException {
    JsonNode json = new ObjectMapper().readTree(ReportForm.JSON.of(labels(null)));

    assertThat(json.path("schema").asText()).isEqualTo("millrace.labels/v1");
    assertThat(json.fieldNames().next()).isEqualTo("schema");
    assertThat(json.at("/delays/p99Millis").asLong()).isEqualTo(4_320_000_000L);
    assertThat(json.at("/days/6/pending").asLong()).isEqualTo(9);
    String page = ReportForm.HTML.of(labels(null));
    for (JsonNode day : json.path("days")) {
      assertThat(page)
          .contains("<td>" + day.path("day").asText() + "</td><td>" + day.path("finalised"));
    }
  }

  @Test
  void pagesAreSelfContainedAndEqualForEqualFigures() {
    var drift = DriftReport.of(document, RunArchive.read(location), null);
    for (String page : new String[] {ReportForm.HTML.of(labels(null)), ReportForm.HTML.of(drift)}) {
      assertThat(page).doesNotContain("http:", "https:", "<script", "src=", "url(", "NaN");
      assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(100_000);
    }
    assertThat(ReportForm.HTML.of(labels(null))).isEqualTo(ReportForm.HTML.of(labels(null)));
  }

  @Test
  void hostileNamesAreText() throws IOException {
    Path file = location.resolve("manifests/2011-03-02T130000Z.json");
    String hostile = "<script>alert('1')</script>";
    Files.writeString(
        file,
        Files.readString(file).replace("\"column\": \"price\"", "\"column\": \"" + hostile + "\""));
    var drift =
        DriftReport.of(document, RunArchive.read(location), Instant.parse("2011-03-02T13:00:00Z"));

    assertThat(ReportForm.HTML.of(drift))
        .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;")
        .doesNotContain("<script");
  }

  @Test
  void saysWhichRunsThereAre() {
    assertThatThrownBy(() -> labels(Instant.parse("2011-03-03T13:00:00Z")))
        .isInstanceOf(LocalFailure.class)
        .hasMessage(
            "there is no run as of 2011-03-03T13:00:00Z; there are 2011-03-01T13:00:00Z to"
                + " 2011-03-04T13:00:00Z");
    Path none = location.resolve("none");
    assertThatThrownBy(() -> LabelsReport.of(document, RunArchive.read(none), null))
        .isInstanceOf(LocalFailure.class)
        .hasMessage("no run has ended in " + none + "; start one with ./millrace extract run");
  }

  private LabelsReport labels(Instant asOf) {
    return LabelsReport.of(document, RunArchive.read(location), asOf);
  }
}
