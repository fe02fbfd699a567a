package dev.millrace.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FlinkRestAnswersTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "ffffffffffffffffffffffffffffffff";
  private static final Instant NOW = Instant.ofEpochMilli(1_764_000_600_000L);
  static final String CHECKPOINTS =
      """
      {"counts":{"restored":0,"total":3,"in_progress":0,"completed":2,"failed":1},
       "summary":{},"latest":{"completed":{"className":"completed","id":2,"status":"COMPLETED",
       "trigger_timestamp":1764000540000,"latest_ack_timestamp":1764000540123},
       "savepoint":null,"failed":null,"restored":null},"history":[]}
      """;
  static final String EXCEPTIONS =
      """
      {"exceptionHistory":{"entries":[
        {"exceptionName":"java.io.IOException","stacktrace":"java.io.IOException: old\\n\\tat x",
         "timestamp":1763990000000,"concurrentExceptions":[]},
        {"exceptionName":"org.apache.flink.util.FlinkException",
         "stacktrace":"org.apache.flink.util.FlinkException: task failed\\n\\tat a.b.C.d(C.java:1)\\nCaused by: dev.millrace.contract.MillraceFailure: MR/OffsetsLost: topic fraud.payments.tx partition 3 starts at 8812, the job stood at 4410; to go on without these events set spec.version: 4\\n\\t... 3 more",
         "timestamp":1764000500000,"concurrentExceptions":[]},
        {"exceptionName":"java.lang.RuntimeException","stacktrace":"java.lang.RuntimeException: a\\n",
         "timestamp":1764000400000,"concurrentExceptions":[]}],"truncated":false}}
      """;

  @Test
  void readsTheNewestJob() {
    String overview =
        """
        {"jobs":[{"jid":"%s","state":"FINISHED","start-time":1},
                 {"jid":"../../etc","state":"RUNNING","start-time":9},
                 {"jid":"%s","state":"RUNNING","start-time":2}]}
        """
            .formatted(OTHER, ID);

    assertThat(FlinkRestAnswers.jobId(bytes(overview))).contains(ID);
  }

  @Test
  void readsAllOfOneRead() {
    JobReport report =
        JobReport.of(3)
            .withClock(1_764_000_540_000L, 1_763_000_000_000L, 3, 1_764_000_540_000L)
            .withCheckpoint(2, new Accounting(100, 97, 2, 1, 0, 0, 180, 180), false);
    String accumulators =
        """
        {"job-accumulators":[],"user-task-accumulators":[
          {"name":"other","type":"LongCounter","value":"7"},
          {"name":"millrace.report","type":"ReportAccumulator","value":"%s"}],
         "serialized-user-task-accumulators":{}}
        """
            .formatted(report.json().replace("\"", "\\\""));

    JobFigures figures =
        FlinkRestAnswers.figures(
                ID, bytes(CHECKPOINTS), bytes(EXCEPTIONS), bytes(accumulators), NOW)
            .orElseThrow();

    assertThat(figures.jobId()).isEqualTo(ID);
    assertThat(figures.report()).contains(report);
    assertThat(figures.lastCheckpoint()).contains(Instant.ofEpochMilli(1_764_000_540_123L));
    assertThat(figures.restarts()).isEqualTo(2);
    assertThat(figures.failure())
        .contains(
            new JobFailure(
                Reason.OFFSETS_LOST,
                "topic fraud.payments.tx partition 3 starts at 8812, the job stood at 4410; to go"
                    + " on without these events set spec.version: 4",
                Instant.ofEpochMilli(1_764_000_500_000L)));
  }

  @Test
  void findsAReasonAmongConcurrentFailuresAndElseTheFirstLine() {
    String concurrent =
        """
        {"exceptionHistory":{"entries":[{"stacktrace":"java.lang.Exception: a","timestamp":5,
          "concurrentExceptions":[{"stacktrace":"x\\nCaused by: y: MR/AccessDenied: no"}]}]}}
        """;
    String unknown =
        """
        {"exceptionHistory":{"entries":[{"stacktrace":"java.lang.IllegalStateException: MR/NoSuch: boom.\\n\\tat x","timestamp":5}]}}
        """;

    assertThat(FlinkRestAnswers.failure(bytes(concurrent)).orElseThrow().reason())
        .isEqualTo(Reason.ACCESS_DENIED);
    assertThat(FlinkRestAnswers.failure(bytes(unknown)))
        .contains(new JobFailure(Reason.RESTARTING, "MR/NoSuch: boom", Instant.ofEpochMilli(5)));
  }

  @Test
  void anAnswerThatIsNotFlinksIsAMissedRead() {
    for (String body :
        new String[] {
          "",
          "null",
          "[]",
          "7",
          "<html>",
          "{\"counts\":7}",
          "{\"errors\":[\"no\"]}",
          "[".repeat(100_000),
          "{\"a\":".repeat(5_000),
          "{\"counts\":{}" // cut off
        }) {
      assertThat(FlinkRestAnswers.figures(ID, bytes(body), bytes(body), bytes(body), NOW))
          .as(body.substring(0, Math.min(20, body.length())))
          .isEmpty();
      assertThat(FlinkRestAnswers.jobId(bytes(body))).isEmpty();
    }
    byte[] long_ = new byte[FlinkRestAnswers.BODY_LIMIT + 1];
    assertThat(FlinkRestAnswers.figures(ID, long_, long_, long_, NOW)).isEmpty();
    assertThat(FlinkRestAnswers.figures(ID, null, null, null, NOW)).isEmpty();
  }

  @Test
  void figuresOutOfRangeAreNoFigures() {
    String checkpoints =
        "{\"counts\":{},\"latest\":{\"completed\":{\"latest_ack_timestamp\":1e300}}}";

    assertThat(
            FlinkRestAnswers.figures(ID, bytes(checkpoints), bytes("{}"), bytes("{}"), NOW)
                .orElseThrow()
                .lastCheckpoint())
        .isEmpty();
    for (String at : new String[] {"-1", "0", "\"x\"", "null", "9223372036854775807", "{}"}) {
      assertThat(FlinkRestAnswers.lastCheckpoint(bytes(checkpoints.replace("1e300", at))))
          .isEmpty();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
