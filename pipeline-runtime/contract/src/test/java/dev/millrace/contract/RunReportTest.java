package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunReportTest {
  private static final String AS_OF = "2026-11-22T02:15:00Z";
  private static final long LARGEST = 9_007_199_254_740_991L;

  @Test
  void aReportIsReadAsItWasWritten() {
    RunReport report = report(List.of("feed is slow"), 3);

    assertThat(RunReportResult.parse(RunReportText.of(report)))
        .isEqualTo(new RunReportResult.Read(report));
  }

  @Test
  void wordsArePublicNames() {
    String text =
        RunReportText.of(
            RunReport.unpublished(
                AS_OF, RunOutcome.REFUSED, Reason.GATE_REFUSED, "MR/GateRefused: amount", 3));

    assertThat(text)
        .contains("\"outcome\":\"Refused\"", "\"reason\":\"GateRefused\"")
        .doesNotContain("location", "null");
  }

  @Test
  void aFailureIsItsReasonAndItsText() {
    RunReport report =
        RunReport.unpublished(
            null, RunOutcome.FAILED, Reason.RUN_FAILED, "MR/RunFailed: no\u202easOf\nat line 2", 0);

    assertThat(report.failure()).contains(new KnownFailure(Reason.RUN_FAILED, "no?asOf"));
  }

  @Test
  void aReasonOfANewerReleaseIsAFailedRun() {
    String newer =
        RunReportText.of(
                RunReport.unpublished(
                    AS_OF, RunOutcome.FAILED, Reason.RUN_FAILED, "MR/NotYetKnown: text", 3))
            .replace("\"reason\":\"RunFailed\"", "\"reason\":\"NotYetKnown\"");

    assertThat(newer).contains("\"reason\":\"NotYetKnown\"");
    assertThat(RunReportResult.parse(newer))
        .isInstanceOfSatisfying(
            RunReportResult.Read.class,
            read ->
                assertThat(read.report().failure())
                    .contains(new KnownFailure(Reason.RUN_FAILED, "MR/NotYetKnown: text")));
  }

  @Test
  void staysBelowTheLimitWhateverItHolds() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String wild = wild(random, random.nextInt(4000));
      var report =
          new RunReport(
              RunReport.CODEC,
              AS_OF,
              RunOutcome.REFUSED,
              false,
              Reason.GATE_REFUSED,
              wild,
              LARGEST,
              LARGEST,
              LARGEST,
              LARGEST,
              PlainText.line(wild, 1024),
              PlainText.line(wild, 1024),
              LARGEST,
              labels(random.nextInt(2000)),
              new RunReport.Consistency(LARGEST, LARGEST),
              gate(wild, 10),
              Collections.nCopies(
                  RunReport.SURROGATES, new SurrogateAgreement(wild, LARGEST, wild, wild, wild)),
              Collections.nCopies(random.nextInt(50), wild));

      String text = RunReportText.of(report);

      assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(RunReport.MAX_BYTES);
      assertThat(RunReportResult.parse(text))
          .isInstanceOfSatisfying(
              RunReportResult.Read.class,
              read -> {
                assertThat(read.report().gate().failed()).isEqualTo(9);
                assertThat(read.report().labels().finalised()).isEqualTo(LARGEST);
                assertThat(read.report().reason()).isEqualTo(Reason.GATE_REFUSED);
              });
    }
  }

  @Test
  void keepsTheTenWorstFiguresOfAUsualGate() {
    var report = report(List.of(), 10);

    assertThat(RunReportResult.parse(RunReportText.of(report)))
        .isEqualTo(new RunReportResult.Read(report));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "7",
        "\"text\"",
        "{",
        "{}",
        "java.lang.OutOfMemoryError: Java heap space",
        "{\"codec\":2}",
        "{\"codec\":1,\"outcome\":\"Published\"}",
      })
  void anythingElseIsUnreadable(String message) {
    assertThat(RunReportResult.parse(message)).isInstanceOf(RunReportResult.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "1.5",
        "1e3",
        "\"7\"",
        "null",
        "true",
        "[7]",
        "1e99999",
        "9007199254740992",
        "92233720368547758070",
        "NaN",
      })
  void aFigureOfAnotherTypeOrSizeIsUnreadable(String figure) {
    String good = RunReportText.of(report(List.of(), 1));
    String bad = good.replace("\"rows\":48210", "\"rows\":" + figure);

    assertThat(bad).isNotEqualTo(good);
    assertThat(RunReportResult.parse(bad)).isInstanceOf(RunReportResult.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"outcome\":\"Exploded\"",
        "\"outcome\":0",
        "\"outcome\":\"Published\",\"outcome\":\"Failed\"",
        "\"outcome\":\"Published\",\"asOf\":\"yesterday\"",
        "\"outcome\":\"Published\",\"more\":1",
      })
  void aMemberThatIsNotOursIsUnreadable(String member) {
    String good = RunReportText.of(report(List.of(), 1));
    String bad = good.replace("\"outcome\":\"Published\"", member);

    assertThat(bad).isNotEqualTo(good);
    assertThat(RunReportResult.parse(bad)).isInstanceOf(RunReportResult.Unreadable.class);
  }

  @Test
  void aMessageWithoutItsHeadOrItsTailIsUnreadable() {
    String good = RunReportText.of(report(List.of("feed is slow"), 10));
    for (int cut = 1; cut < good.length(); cut++) {
      assertThat(RunReportResult.parse(good.substring(cut)))
          .as("without the first %d", cut)
          .isInstanceOf(RunReportResult.Unreadable.class);
      assertThat(RunReportResult.parse(good.substring(0, cut)))
          .as("the first %d", cut)
          .isInstanceOf(RunReportResult.Unreadable.class);
    }
  }

  @Test
  void noMessageIsAbsentAndALongOneIsNotRead() {
    assertThat(RunReportResult.parse(null)).isInstanceOf(RunReportResult.Absent.class);
    assertThat(RunReportResult.parse(" \n")).isInstanceOf(RunReportResult.Absent.class);
    String padded = RunReportText.of(report(List.of(), 0)) + " ".repeat(RunReportResult.LIMIT);
    assertThat(RunReportResult.parse(padded))
        .isEqualTo(new RunReportResult.Unreadable("it is longer than 4096 characters"));
  }

  @Test
  void bytesOfAnyKindNeverThrow() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    String good = RunReportText.of(report(List.of("feed is slow"), 10));
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
      for (int changes = random.nextInt(4) + 1; changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      assertThat(RunReportResult.parse(new String(bytes, StandardCharsets.UTF_8))).isNotNull();
    }
  }

  private static RunReport report(List<String> warnings, int figures) {
    return new RunReport(
        RunReport.CODEC,
        AS_OF,
        RunOutcome.PUBLISHED,
        false,
        null,
        null,
        212,
        48_210,
        210,
        4,
        "s3a://features/fraud/labelwindows/chargeback-45d/dataset",
        "s3a://features/fraud/labelwindows/chargeback-45d/manifests/2026-11-22T021500Z.json",
        3L,
        labels(2),
        new RunReport.Consistency(2_000, 0),
        gate("amount_p95_24h", figures),
        List.of(new SurrogateAgreement("early", 7, "0.5", "0.25", null)),
        warnings);
  }

  private static RunReport.Labels labels(int silent) {
    return new RunReport.Labels(
        LARGEST,
        LARGEST,
        LARGEST,
        LARGEST,
        null,
        "2026-10-05T00:00:00.123Z",
        "2026-11-24T00:00:00.123Z",
        "2026-11-22T10:30:30.123Z",
        silent,
        IntStream.range(0, silent).boxed().toList(),
        LARGEST,
        -LARGEST,
        LARGEST,
        LARGEST,
        LARGEST);
  }

  private static RunReport.Gate gate(String column, int figures) {
    var figure = new RunReport.Figure(column, GateCheck.NULL_RATE, "6.1", "5", false);
    return new RunReport.Gate(400, 9, Collections.nCopies(figures, figure));
  }

  private static String wild(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
    }
    return text.toString();
  }
}
