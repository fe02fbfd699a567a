package dev.millrace.e2e.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.ClusterExtension;
import dev.millrace.e2e.cluster.Requests;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample posted to a real API server gets exactly the refusals that it states. */
class SamplesIT {
  @RegisterExtension static final ClusterExtension CLUSTER = new ClusterExtension();

  static List<Sample> valid() {
    return Sample.folder("valid");
  }

  static List<Sample> invalid() {
    return Sample.folder("invalid");
  }

  static List<Sample> server() {
    return Sample.folder("server");
  }

  static List<Sample> planner() {
    return Sample.folder("planner");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void storesValidSamplesWithTheirDefaults(Sample sample) {
    Resources resources = resources();
    sample.before().forEach(before -> resources.apply(before).accepted());

    resources.apply(sample.judged()).accepted();

    assertThat(resources.stored(sample.judged()).path("spec"))
        .isEqualTo(Schema.of(sample.judged()).specWithDefaults(sample.judged()));
  }

  @ParameterizedTest
  @MethodSource({"invalid", "server"})
  void refusesInvalidSamplesInTheseWords(Sample sample) {
    Resources resources = resources();
    sample.before().forEach(before -> resources.apply(before).accepted());

    var refusals = Refusals.of(resources.apply(sample.judged()));

    assertThat(refusals).containsExactlyInAnyOrderElementsOf(sample.expects());
  }

  @ParameterizedTest
  @MethodSource("planner")
  void leavesThePlannersSamplesToThePlanner(Sample sample) {
    Resources resources = resources();

    sample.documents().forEach(document -> resources.apply(document).accepted());
  }

  private static Resources resources() {
    return Resources.of(new Requests(CLUSTER.client()), CLUSTER.namespace());
  }
}
