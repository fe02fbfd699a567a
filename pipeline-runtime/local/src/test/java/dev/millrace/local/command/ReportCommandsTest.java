package dev.millrace.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.report.RecordedRuns;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code labels} and {@code drift}: forms and exit codes (experience.md §3). */
class ReportCommandsTest {
  @TempDir Path folder;

  private String data;

  @BeforeEach
  void record() throws IOException {
    data = RecordedRuns.stack(folder).toString();
  }

  @Test
  void aRefusedRunIsPending() {
    var drift = Invocation.of("drift", "returned-30d", "--data", data);

    assertThat(drift.exitCode()).isEqualTo(2);
    assertThat(drift.out()).endsWith("nothing was published\n");
    assertThat(drift.err()).isEmpty();
  }

  @Test
  void aPublishedRunIsDone() {
    var drift =
        Invocation.of("drift", "returned-30d", "--data", data, "--as-of", "2011-03-02T13:00:00Z");

    assertThat(drift.exitCode()).isZero();
    assertThat(drift.out())
        .endsWith("Passed: no null rate up by more than 5 points, no P90 away by more than 20%\n");
  }

  @Test
  void labelsInEveryForm() {
    assertThat(Invocation.of("labels", "returned-30d", "--data", data).out())
        .startsWith("returned-30d → is_returned of online-retail");
    assertThat(Invocation.of("labels", "returned-30d", "--data", data, "-o", "json").out())
        .startsWith("{\n  \"schema\" : \"millrace.labels/v1\"");
    assertThat(Invocation.of("labels", "returned-30d", "--data", data, "-o", "html").out())
        .startsWith("<!doctype html>")
        .endsWith("</html>\n");
  }

  @Test
  void aWrongNameOrInstantIsOneLine() {
    assertThat(Invocation.of("labels", "other", "--data", data).err())
        .isEqualTo("millrace: the running stack has no label window other; it has returned-30d\n");
    var wrong = Invocation.of("drift", "returned-30d", "--data", data, "--as-of", "yesterday");
    assertThat(wrong.err())
        .isEqualTo(
            "millrace: --as-of yesterday is not an instant; write it as 2011-12-09T13:00:00Z\n");
    assertThat(wrong.exitCode()).isEqualTo(1);
  }
}
