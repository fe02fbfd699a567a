package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

/** {@code -Dreference.regenerate} writes the page anew; without it a difference fails the build. */
class ReasonsReferenceTest {
  private static final Path PAGE =
      Path.of(System.getProperty("millrace.root"), "docs", "reference", "reasons.md");

  private static final String HEAD =
      """
      # Reasons

      Generated from the enum `Reason`. A reason stands in the `reason` of a condition, in an Event, in a job's failure \
      (`MR/<Reason>: text`) and in an extract's report. It says what is the matter; the message that comes with it names \
      the object, the cause and the next step, and is more exact than the last column here.

      | effect | meaning |
      |---|---|
      """;

  private static final String TABLE =
      "\n| reason | meaning | effect | next step |\n|---|---|---|---|\n";

  @Test
  void pageEqualsTheEnum() throws IOException {
    String generated = page();
    if (System.getProperty("reference.regenerate") != null) {
      Files.writeString(PAGE, generated);
    }
    assertThat(PAGE).content().isEqualTo(generated);
  }

  @Test
  void everyReasonIsOneWordThatNoOtherHas() {
    assertThat(Reason.values())
        .extracting(Reason::text)
        .doesNotHaveDuplicates()
        .allMatch(text -> text.matches("[A-Z][A-Za-z]{2,63}"));
    assertThat(Reason.values())
        .allSatisfy(reason -> assertThat(reason.meaning()).isNotBlank().doesNotContain("|"))
        .allSatisfy(reason -> assertThat(reason.nextStep()).isNotBlank().doesNotContain("|"));
  }

  private static String page() {
    var page = new StringBuilder(HEAD);
    for (Reason.Remedy remedy : Reason.Remedy.values()) {
      page.append("| " + name(remedy) + " | " + meaning(remedy) + " |\n");
    }
    page.append(TABLE);
    Arrays.stream(Reason.values())
        .sorted(Comparator.comparing(Reason::text))
        .forEach(
            reason ->
                page.append("| `" + reason.text() + "` | " + reason.meaning() + " | ")
                    .append(name(reason.remedy()) + " | " + reason.nextStep() + " |\n"));
    return page.toString();
  }

  private static String name(Reason.Remedy remedy) {
    return switch (remedy) {
      case NONE -> "none";
      case OUTAGE -> "Reconciling, an outage";
      case WAIT -> "Reconciling";
      case USER -> "Stalled";
    };
  }

  private static String meaning(Reason.Remedy remedy) {
    return switch (remedy) {
      case NONE -> "it keeps nothing from going on, Ready stays as it is";
      case OUTAGE ->
          "`Reconciling=True`: a dependency is away, it is tried again; Ready stays as it is";
      case WAIT -> "not Ready, `Reconciling=True`: it goes on by itself once the next step is done";
      case USER ->
          "not Ready, `Stalled=True`: waiting does not help; a fix elsewhere is noticed within 5 minutes";
    };
  }
}
