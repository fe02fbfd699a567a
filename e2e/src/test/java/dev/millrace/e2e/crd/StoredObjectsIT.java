package dev.millrace.e2e.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.e2e.cluster.ClusterExtension;
import dev.millrace.e2e.cluster.Requests;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects that a later revision of the CRDs would refuse stay usable: the operator can label them,
 * report on them and release them, and their owner can change what the new rules are not about.
 */
class StoredObjectsIT {
  @RegisterExtension static final ClusterExtension CLUSTER = new ClusterExtension();

  private static final Duration TAKES_EFFECT = Duration.ofSeconds(30);
  private static final Map<String, Resources> STORED = new HashMap<>();
  private static OldRevision revision;

  static List<Sample> samples() {
    return Sample.folder("invalid").stream().filter(StoredObjectsIT::canBeStored).toList();
  }

  /** A missing field is not forgiven once anything else of the spec changes: see below. */
  static List<Sample> samplesWithAllRequiredFields() {
    return samples().stream().filter(sample -> !lacksARequiredField(sample)).toList();
  }

  static List<Sample> samplesWithoutARequiredField() {
    return samples().stream().filter(StoredObjectsIT::lacksARequiredField).toList();
  }

  /** The server's own, on the spec itself; rules that say the same are forgiven. */
  private static boolean lacksARequiredField(Sample sample) {
    return sample.name().startsWith("004-");
  }

  /**
   * Not those that break the structure, which no revision can store; not those that only a change
   * makes invalid; not names and annotations, which had their rules from the first revision on.
   */
  private static boolean canBeStored(Sample sample) {
    return sample.before().isEmpty()
        && sample.expects().stream()
            .noneMatch(
                text ->
                    text.startsWith("strict decoding")
                        || text.startsWith("metadata.")
                        || text.contains("must be of type"));
  }

  @BeforeAll
  static void storeUnderTheOldRevision() {
    var requests = new Requests(CLUSTER.client());
    revision = new OldRevision(requests);
    revision.installLoose();
    for (Sample sample : samples()) {
      var resources = new Resources(requests, OldRevision.GROUP, CLUSTER.newNamespace());
      STORED.put(sample.name(), resources);
      await().atMost(TAKES_EFFECT).untilAsserted(() -> resources.apply(sample.judged()).accepted());
    }
    revision.tighten();
    for (Sample sample : samples()) {
      await().atMost(TAKES_EFFECT).until(() -> !createCopy(sample).isEmpty());
    }
  }

  @AfterAll
  static void removeTheOldRevision() {
    if (revision != null) {
      revision.remove();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void canBeLabelledAndReleased(Sample sample) {
    Resources resources = STORED.get(sample.name());

    String label = "{\"metadata\": {\"labels\": {\"team\": \"risk\"}, \"finalizers\": %s}}";
    resources.merge(sample.judged(), label.formatted("[\"millrace.dev/finalizer\"]")).accepted();
    resources.merge(sample.judged(), label.formatted("null")).accepted();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void canBeReportedOn(Sample sample) {
    String status = "{\"status\": {\"observedGeneration\": 1}}";

    STORED.get(sample.name()).mergeStatus(sample.judged(), status).accepted();
  }

  @ParameterizedTest
  @MethodSource("samplesWithAllRequiredFields")
  void canBeSuspended(Sample sample) {
    Resources resources = STORED.get(sample.name());

    resources.merge(sample.judged(), "{\"spec\": {\"suspend\": true}}").accepted();

    assertThat(resources.stored(sample.judged()).at("/spec/suspend").asBoolean()).isTrue();
  }

  /** The server forgives no missing field: a later revision must not require a new one. */
  @ParameterizedTest
  @MethodSource("samplesWithoutARequiredField")
  void cannotBeSuspendedWhileARequiredFieldIsMissing(Sample sample) {
    Resources resources = STORED.get(sample.name());

    var refusals = Refusals.of(resources.merge(sample.judged(), "{\"spec\": {\"suspend\": true}}"));

    assertThat(refusals).containsAll(sample.expects());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void cannotBeCreatedAnyMore(Sample sample) {
    assertThat(createCopy(sample)).containsExactlyInAnyOrderElementsOf(sample.expects());
  }

  private static List<String> createCopy(Sample sample) {
    ObjectNode copy = sample.judged().deepCopy();
    copy.withObject("/metadata").put("name", "copy");
    return Refusals.of(STORED.get(sample.name()).apply(copy));
  }
}
