package dev.millrace.operator.controller.event;

import static dev.millrace.operator.controller.event.PlannedEvent.Type.NORMAL;
import static dev.millrace.operator.controller.event.PlannedEvent.Type.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.v1alpha1.FeaturePipelineStatus;
import dev.millrace.v1alpha1.LabelWindowStatus;
import dev.millrace.v1alpha1.featurepipelinestatus.Definition;
import dev.millrace.v1alpha1.labelwindowstatus.LastRun;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventPlanTest {
  private static final String REPLICATION =
      "KafkaTopic kafka/fraud-payments-tx-late-5d0c8e71: replication factor 3 is larger than the 1"
          + " available broker; set spec.source.topic.replicas to 1 or add brokers";

  @Test
  void aRefusedTopicIsOneWarningAlthoughThreeConditionsTellIt() {
    var after =
        pipeline(
            condition("Ready", "False", "TopicNotReady", REPLICATION),
            condition("TopicsReady", "False", "TopicNotReady", REPLICATION),
            condition("Stalled", "True", "TopicNotReady", REPLICATION));

    assertThat(EventPlan.between(null, after, List.of()))
        .containsExactly(
            new PlannedEvent(
                WARNING,
                "TopicNotReady",
                "KafkaTopic kafka/fraud-payments-tx-late-5d0c8e71",
                REPLICATION));
  }

  @Test
  void equalStatusesGiveNone() {
    var status = pipeline(condition("TopicsReady", "False", "TopicNotReady", REPLICATION));

    assertThat(EventPlan.between(status, status, List.of())).isEmpty();
  }

  @Test
  void aMovingFigureInAMessageIsNoEvent() {
    var before = pipeline(condition("Checkpointing", "False", "CheckpointOverdue", "for 5m"));
    var after = pipeline(condition("Checkpointing", "False", "CheckpointOverdue", "for 6m"));

    assertThat(EventPlan.between(before, after, List.of())).isEmpty();
  }

  @Test
  void anotherObjectOrGenerationIsOne() {
    var before = pipeline(condition("SpecValid", "False", "Invalid", "spec.slide: too small"));
    var other = pipeline(condition("SpecValid", "False", "Invalid", "spec.version: too low"));
    var later = pipeline(condition("SpecValid", "False", "Invalid", "spec.slide: too small"));
    later.getConditions().get(0).setObservedGeneration(8L);

    assertThat(EventPlan.between(before, other, List.of()))
        .extracting(PlannedEvent::object)
        .containsExactly("spec.version");
    assertThat(EventPlan.between(before, later, List.of())).hasSize(1);
  }

  @Test
  void whatIsUnknownOrUnderWayDoesNotWarn() {
    var after =
        pipeline(
            condition("Ready", "False", "Replaying", "version 4 has replayed 60 % of 25h"),
            condition("Checkpointing", "Unknown", "JobUnreachable", "3 reads failed"),
            condition("DefinitionInSync", "False", "Replaying", "version 4 has replayed 60 %"),
            condition("Reconciling", "True", "Replaying", "version 4 has replayed 60 %"));

    assertThat(EventPlan.between(null, after, List.of())).isEmpty();
  }

  @Test
  void readySuspendedAndResumedAreNormal() {
    var starting = pipeline(condition("Ready", "False", "Starting", "job card-fraud-v1 starts"));
    var running = pipeline(condition("Ready", "True", "Running", ""));
    var suspended = pipeline(condition("Ready", "True", "Suspended", "values expire from noon on"));

    assertThat(EventPlan.between(starting, running, List.of()))
        .containsExactly(new PlannedEvent(NORMAL, "BecameReady", "Ready", "Running"));
    assertThat(EventPlan.between(running, suspended, List.of()))
        .containsExactly(
            new PlannedEvent(NORMAL, "Suspended", "Ready", "values expire from noon on"));
    assertThat(EventPlan.between(suspended, running, List.of()))
        .extracting(PlannedEvent::reason)
        .containsExactly("Resumed", "BecameReady");
    assertThat(EventPlan.between(suspended, starting, List.of()))
        .extracting(PlannedEvent::reason)
        .containsExactly("Resumed");
  }

  @Test
  void readersThatSwitchAreTold() {
    var before = pipeline(condition("Ready", "True", "Running", ""));
    before.setDefinition(served(3));
    var after = pipeline(condition("Ready", "True", "Running", ""));
    after.setDefinition(served(4));

    assertThat(EventPlan.between(before, after, List.of()))
        .containsExactly(EventTexts.versionSwitched(3, 4));
    assertThat(EventPlan.between(null, after, List.of()))
        .extracting(PlannedEvent::reason)
        .containsExactly("BecameReady");
  }

  @Test
  void factsComeFirstAndOnce() {
    var after = pipeline(condition("Ready", "True", "Running", ""));
    var fact = EventTexts.adopted(List.of("KafkaTopic kafka/a-1", "KafkaTopic kafka/a-2"));

    assertThat(EventPlan.between(after, after, List.of(fact, fact))).containsExactly(fact);
    assertThat(fact.message())
        .isEqualTo(
            "took up again what an earlier resource of this name left: KafkaTopic kafka/a-1,"
                + " KafkaTopic kafka/a-2");
  }

  @Test
  void eachPublishedRunIsToldOnce() {
    var before = labelWindow("2026-11-21T02:15:00Z", LastRun.Outcome.PUBLISHED);
    var next = labelWindow("2026-11-22T02:15:00Z", LastRun.Outcome.PUBLISHED);
    var refused = labelWindow("2026-11-22T02:15:00Z", LastRun.Outcome.REFUSED);

    assertThat(EventPlan.between(before, next, List.of()))
        .containsExactly(
            new PlannedEvent(
                NORMAL,
                "RunPublished",
                "extract",
                "run 2026-11-22T02:15:00Z published 48210 rows to s3a://features/dataset"));
    assertThat(EventPlan.between(next, next, List.of())).isEmpty();
    assertThat(EventPlan.between(before, refused, List.of())).isEmpty();
    assertThat(EventPlan.between(refused, next, List.of())).hasSize(1);
  }

  @Test
  void aLongMessageIsCutBetweenCharacters() {
    String text = "x".repeat(1022) + "\uD83D\uDE00" + "tail";

    String cut = new PlannedEvent(WARNING, "Invalid", "spec", text).message();

    assertThat(cut).hasSize(1023).endsWith("x…");
    assertThat(new PlannedEvent(WARNING, "Invalid", "spec", "x".repeat(2000)).message())
        .hasSize(PlannedEvent.LONGEST_MESSAGE);
  }

  private static FeaturePipelineStatus pipeline(Condition... conditions) {
    var status = new FeaturePipelineStatus();
    status.setConditions(List.of(conditions));
    return status;
  }

  private static LabelWindowStatus labelWindow(String asOf, LastRun.Outcome outcome) {
    var run = new LastRun();
    run.setAsOf(ZonedDateTime.parse(asOf));
    run.setOutcome(outcome);
    run.setRows(48_210L);
    run.setLocation("s3a://features/dataset");
    var status = new LabelWindowStatus();
    status.setConditions(List.of());
    status.setLastRun(run);
    return status;
  }

  private static Definition served(int version) {
    var definition = new Definition();
    definition.setServedVersion(version);
    return definition;
  }

  private static Condition condition(String type, String status, String reason, String message) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withObservedGeneration(7L)
        .build();
  }
}
