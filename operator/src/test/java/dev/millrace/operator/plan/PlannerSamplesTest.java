package dev.millrace.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Violation;
import dev.millrace.operator.TestCatalogue;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every planner row of reliability.md §6 that needs no live cluster: exact texts, and no others.
 */
class PlannerSamplesTest {
  private static final OperatorConfig CONFIG = OperatorConfig.DEFAULT;

  static Stream<PlannerSamples> planner() {
    return Stream.concat(
        PlannerSamples.of("planner").stream(), PlannerSamples.in("/planner").stream());
  }

  static Stream<PlannerSamples> valid() {
    return PlannerSamples.of("valid").stream()
        // Read by a later release; refused until then, which is a test of its own.
        .filter(sample -> !sample.yaml().contains("format: Avro"));
  }

  @ParameterizedTest
  @MethodSource("planner")
  void refusesWithExactlyTheExpectedTexts(PlannerSamples sample) {
    Answer answer = judge(sample);

    assertThat(answer.errors).isEqualTo(sample.comments("expects"));
    assertThat(answer.notices).isEqualTo(sample.comments("notice"));
  }

  static Stream<PlannerSamples> catalogue() {
    return PlannerSamples.of("planner").stream();
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void acceptsWhatTheTextTellsToDo(PlannerSamples sample) {
    assertThat(sample.comments("good")).as("remedy").isNotEmpty();

    Answer answer = judge(sample.good(judge(sample).hash));

    assertThat(answer.errors).isEmpty();
    assertThat(answer.notices).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void acceptsValidSamples(PlannerSamples sample) {
    // A sample names pipelines of other files; waiting for them is no refusal.
    assertThat(judge(sample).errors)
        .allMatch(text -> text.startsWith("ReferencesResolved=False/PipelineNotFound: "));
  }

  private record Answer(List<String> errors, List<String> notices, String hash) {}

  /** The last document is judged; earlier ones exist, one of the same name is in force. */
  private static Answer judge(PlannerSamples sample) {
    List<HasMetadata> documents = documents(sample);
    HasMetadata judged = documents.get(documents.size() - 1);
    List<HasMetadata> others =
        documents.stream().filter(document -> !isSame(document, judged)).toList();
    HasMetadata inForce =
        documents.stream()
            .filter(document -> document != judged && isSame(document, judged))
            .findFirst()
            .orElse(null);
    return judged instanceof FeaturePipeline pipeline
        ? pipeline(pipeline, (FeaturePipeline) inForce, others)
        : labelWindow((LabelWindow) judged, (LabelWindow) inForce, runs(sample), others);
  }

  private static List<HasMetadata> documents(PlannerSamples sample) {
    var documents = new ArrayList<HasMetadata>();
    for (String text : sample.yaml().split("(?m)^---$")) {
      Resources resources = ResourceReader.read(sample.name(), text, "default");
      assertThat(resources.refusals()).isEmpty();
      documents.addAll(resources.pipelines());
      documents.addAll(resources.labelWindows());
    }
    return documents;
  }

  private static boolean isSame(HasMetadata one, HasMetadata other) {
    return one.getKind().equals(other.getKind())
        && one.getMetadata().getName().equals(other.getMetadata().getName());
  }

  private static Answer pipeline(
      FeaturePipeline judged, FeaturePipeline inForce, List<HasMetadata> others) {
    References references = references(others, judged);
    var result = Planner.plan(judged, references, CONFIG);
    if (inForce != null && result instanceof PlanResult.Valid<PipelinePlan> valid) {
      PipelinePlan old = plan(Planner.plan(inForce, references, CONFIG));
      return answer(PlanDiff.between(old, valid.plan(), references), valid.notices());
    }
    return answer(result);
  }

  private static Answer labelWindow(
      LabelWindow judged, LabelWindow inForce, int runs, List<HasMetadata> others) {
    References references = references(others, judged);
    var result = Planner.plan(judged, references, CONFIG);
    if (inForce != null && result instanceof PlanResult.Valid<LabelWindowPlan> valid) {
      LabelWindowPlan old = plan(Planner.plan(inForce, references, CONFIG));
      return answer(PlanDiff.between(old, valid.plan(), runs), valid.notices());
    }
    return answer(result);
  }

  private static int runs(PlannerSamples sample) {
    return sample.comments("runs").stream().mapToInt(Integer::parseInt).sum();
  }

  private static <P> P plan(PlanResult<P> inForce) {
    return ((PlanResult.Valid<P>) inForce).plan();
  }

  private static Answer answer(PlanDiff diff, List<Violation> notices) {
    return new Answer(
        diff.violations().stream()
            .map(violation -> violation.toString().replace(diff.hash(), "<hash>"))
            .toList(),
        texts(notices),
        diff.hash());
  }

  private static Answer answer(PlanResult<?> result) {
    if (result instanceof PlanResult.Valid<?> valid) {
      return new Answer(List.of(), texts(valid.notices()), "");
    }
    return new Answer(PlanText.refusal(result).lines().sorted().toList(), List.of(), "");
  }

  private static List<String> texts(List<Violation> violations) {
    return violations.stream().map(Violation::toString).sorted().toList();
  }

  private static References references(List<HasMetadata> others, HasMetadata judged) {
    var all = new ArrayList<>(others);
    all.add(judged);
    return new References(
        TestCatalogue.connections(),
        all.stream()
            .filter(FeaturePipeline.class::isInstance)
            .map(FeaturePipeline.class::cast)
            .toList(),
        all.stream().filter(LabelWindow.class::isInstance).map(LabelWindow.class::cast).toList(),
        TestCatalogue.NOW);
  }
}
