package dev.millrace.crds.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.crds.admission.Admission;
import dev.millrace.crds.admission.Refusal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample gets exactly the refusals it states from schema and rules. */
class SamplesTest {
  private static final Admission ADMISSION = new Admission();

  static List<Sample> valid() {
    return Sample.folder("valid");
  }

  static List<Sample> invalid() {
    return Sample.folder("invalid");
  }

  static List<Sample> planner() {
    return Sample.folder("planner");
  }

  static List<Sample> server() {
    return Sample.folder("server");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void admitsValidSamples(Sample sample) {
    assertThat(sample.expects()).as("texts of a valid sample").isEmpty();
    assertThat(refusals(sample)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refusesInvalidSamplesWithAllTheirTexts(Sample sample) {
    assertThat(sample.expects()).as("texts of an invalid sample").isNotEmpty();
    assertThat(refusals(sample)).containsExactlyInAnyOrderElementsOf(sample.expects());
  }

  @ParameterizedTest
  @MethodSource("planner")
  void leavesThePlannersSamplesToThePlanner(Sample sample) {
    assertThat(sample.expects().size() + sample.notices().size()).as("texts").isPositive();
    assertThat(refusals(sample)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("server")
  void leavesTheServersSamplesToTheServer(Sample sample) {
    assertThat(sample.expects()).as("texts of the server").isNotEmpty();
    assertThat(refusals(sample)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"valid", "invalid", "planner"})
  void admitsWhatExistsAlready(Sample sample) {
    for (JsonNode before : sample.documents().subList(0, sample.documents().size() - 1)) {
      assertThat(ADMISSION.create(before)).isEmpty();
    }
  }

  private static List<String> refusals(Sample sample) {
    var refusals =
        sample.inForce() == null
            ? ADMISSION.create(sample.judged())
            : ADMISSION.update(sample.judged(), sample.inForce());
    return refusals.stream().map(Refusal::text).toList();
  }
}
