package dev.millrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Reason;
import dev.millrace.contract.RunOutcome;
import dev.millrace.contract.RunReportResult;
import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.RunEnd;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import dev.millrace.v1alpha1.LabelWindowStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** What holds of every status, whatever was found before and now (api.md §3, row A19). */
class StatusLawsPropertyTest {
  @Property(tries = 500)
  void pipelines(@ForAll long seed) {
    var random = new Random(seed);
    var scenes = new RandomScenes(random);
    FeaturePipelineStatus previous = null;
    Instant now = Scene.NOW;
    for (int i = 0; i < 4; i++) {
      Scene scene = scenes.next();
      PipelineOutcome outcome = scene.outcome();
      now = now.plusSeconds(random.nextInt(100));

      FeaturePipelineStatus status = PipelineStatuses.next(previous, outcome, now);

      List<Condition> before = previous == null ? null : previous.getConditions();
      conditions(status.getConditions(), before, ConditionType.PIPELINE, now);
      assertThat(status.getChildren()).hasSizeLessThanOrEqualTo(64);
      Statistics.label("Ready").collect(isReady(status.getConditions()));
      if (isReady(status.getConditions())) {
        assertThat(outcome.children())
            .allMatch(child -> child.health() instanceof ChildHealth.Ready);
        assertThat(status.getObservedGeneration()).isEqualTo(outcome.generation());
        assertThat(outcome.heldBack()).isEmpty();
        assertThat(outcome.deleting()).isEmpty();
      }
      neverAhead(outcome, previous, status);
      FeaturePipelineStatus again = PipelineStatuses.next(status, outcome, now);
      assertThat(StatusWrites.worthWriting(status, again, Instant.EPOCH, now)).isFalse();
      previous = status;
    }
    bothOccur();
  }

  @Property(tries = 500)
  void labelWindows(@ForAll long seed) {
    var random = new Random(seed);
    LabelWindowStatus previous = null;
    Instant now = Scene.NOW;
    for (int i = 0; i < 4; i++) {
      LabelWindowOutcome outcome = labelWindow(random).outcome();
      now = now.plusSeconds(random.nextInt(100));

      LabelWindowStatus status = LabelWindowStatuses.next(previous, outcome, now);

      List<Condition> before = previous == null ? null : previous.getConditions();
      conditions(status.getConditions(), before, ConditionType.LABEL_WINDOW, now);
      Statistics.label("Ready").collect(isReady(status.getConditions()));
      if (isReady(status.getConditions())) {
        assertThat(outcome.children())
            .allMatch(child -> child.health() instanceof ChildHealth.Ready);
        assertThat(status.getObservedGeneration()).isEqualTo(outcome.generation());
      }
      LabelWindowStatus again = LabelWindowStatuses.next(status, outcome, now);
      assertThat(StatusWrites.worthWriting(status, again, Instant.EPOCH, now)).isFalse();
      previous = status;
    }
    bothOccur();
  }

  /** A law over outcomes that are never Ready would say nothing. */
  private static void bothOccur() {
    Statistics.label("Ready")
        .coverage(
            coverage -> {
              coverage.check(true).percentage(share -> share > 1);
              coverage.check(false).percentage(share -> share > 1);
            });
  }

  private static void neverAhead(
      PipelineOutcome outcome, FeaturePipelineStatus previous, FeaturePipelineStatus status) {
    boolean behind =
        !outcome.failures().isEmpty()
            || outcome.heldBack().isPresent()
            || outcome.deleting().isPresent();
    if (behind) {
      long before = previous == null ? -1 : previous.getObservedGeneration();
      assertThat(status.getObservedGeneration()).isEqualTo(before);
    }
  }

  private static void conditions(
      List<Condition> conditions, List<Condition> before, List<ConditionType> order, Instant now) {
    var expected = new ArrayList<>(List.of("Ready"));
    order.forEach(type -> expected.add(type.text()));
    Optional<Condition> reconciling = Read.find(conditions, "Reconciling");
    Optional<Condition> stalled = Read.find(conditions, "Stalled");
    reconciling.ifPresent(condition -> expected.add("Reconciling"));
    stalled.ifPresent(condition -> expected.add("Stalled"));

    assertThat(conditions).extracting(Condition::getType).containsExactlyElementsOf(expected);
    assertThat(reconciling.isPresent() && stalled.isPresent()).isFalse();
    assertThat(isReady(conditions) || reconciling.isPresent() || stalled.isPresent())
        .as("who is not Ready says whether waiting helps")
        .isTrue();
    assertThat(isReady(conditions) && stalled.isPresent()).isFalse();
    for (Condition condition : conditions) {
      assertThat(condition.getMessage()).hasSizeLessThanOrEqualTo(4096);
      assertThat(condition.getReason()).matches("[A-Za-z]+");
      Optional<Condition> old =
          before == null ? Optional.empty() : Read.find(before, condition.getType());
      boolean kept = old.isPresent() && old.get().getStatus().equals(condition.getStatus());
      assertThat(condition.getLastTransitionTime())
          .isEqualTo(kept ? old.get().getLastTransitionTime() : now.toString());
    }
  }

  private static boolean isReady(List<Condition> conditions) {
    return conditions.get(0).getStatus().equals("True");
  }

  private static LabelWindowScene labelWindow(Random random) {
    var scene = new LabelWindowScene();
    scene.generation = 3 + random.nextInt(3);
    for (ChildRef ref : List.copyOf(scene.children.keySet())) {
      Reason reason = Reason.values()[random.nextInt(Reason.values().length)];
      switch (random.nextInt(8)) {
        case 0 -> scene.children.put(ref, new ChildHealth.Progressing(reason, "a"));
        case 1 -> scene.children.put(ref, new ChildHealth.Refused(reason, "b"));
        case 2 -> scene.failures.add(ApplyFailure.of(ref, reason, "c"));
        case 3 -> scene.children.remove(ref);
        default -> scene.deployed = random.nextInt(10) > 0;
      }
    }
    if (random.nextInt(2) == 0) {
      scene.ended(
          RunEnd.values()[random.nextInt(RunEnd.values().length)],
          random.nextInt(2) == 0
              ? new RunReportResult.Absent()
              : new RunReportResult.Read(
                  LabelWindowScene.report(
                      RunOutcome.values()[random.nextInt(RunOutcome.values().length)],
                      null,
                      null)));
    }
    if (random.nextInt(10) == 0) {
      scene.deleting = Optional.of("waits");
    }
    return scene;
  }
}
