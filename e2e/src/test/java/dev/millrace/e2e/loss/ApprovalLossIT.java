package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Conditions;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Changes of a pipeline that lose data (reliability.md §2, L9 and L10): they wait until exactly
 * that plan is approved, and then exactly that goes.
 */
class ApprovalLossIT {
  @RegisterExtension static final LossCases CASES = new LossCases();

  private static final String RETENTION = "/source/topic/retention";

  @TestFactory
  List<DynamicTest> losesExactlyWhatWasApproved() {
    CASES.add("L9 a shorter topic: waits for its approval", ApprovalLossIT::waits);
    CASES.add("L9 a shorter topic: the named records go", ApprovalLossIT::approved);
    CASES.add("L9 an approval that was used: counts for nothing", ApprovalLossIT::usedApproval);
    CASES.add("L9 another shorter value than approved: waits", ApprovalLossIT::otherValue);
    CASES.add("L10 a shorter archive: waits for its approval", ApprovalLossIT::archive);
    return CASES.tests();
  }

  private static void waits(LossCase loss) {
    var before = loss.create("Retain");

    loss.set(RETENTION, "\"30d\"");
    assertThat(loss.refusal()).contains("60d to 30d deletes events of topic");
    assertThat(loss.data()).isEqualTo(before);

    loss.approve("00000000");
    loss.until("another text", object -> refusal(object).contains("is not the pending plan"));
    assertThat(loss.data()).isEqualTo(before);

    loss.patch(
        """
        [{"op": "add", "path": "/spec/source/topic/retention", "value": "60d"},
         {"op": "remove", "path": "/spec/rollout"}]
        """);
    loss.awaitRunning();
    assertThat(loss.data()).isEqualTo(before);
  }

  private static String refusal(JsonNode object) {
    return Conditions.message(object, "SpecValid");
  }

  private static void approved(LossCase loss) {
    var before = loss.create("Retain");

    approve(loss, "30d");

    loss.soon("the records to go").until(() -> everyTopicHas(loss, 30));
    assertThat(loss.data().names()).isEqualTo(before.names());
    assertThat(loss.data().lines()).containsAll(before.objects());
  }

  private static void usedApproval(LossCase loss) {
    loss.create("Retain");
    String approval = approve(loss, "30d");
    loss.set(RETENTION, "\"60d\"");
    loss.awaitRunning();

    loss.set(RETENTION, "\"30d\"");

    assertThat(loss.refusal()).contains("is not the pending plan");
    assertThat(loss.pendingPlan()).isNotEqualTo(approval);
  }

  private static void otherValue(LossCase loss) {
    var before = loss.create("Retain");
    loss.set(RETENTION, "\"30d\"");
    loss.refusal();

    loss.patch(
        """
        [{"op": "add", "path": "/spec/source/topic/retention", "value": "20d"},
         {"op": "add", "path": "/spec/rollout", "value": {"approvedPlan": "%s"}}]
        """
            .formatted(loss.pendingPlan()));

    loss.until("another text", object -> refusal(object).contains("is not the pending plan"));
    assertThat(loss.data()).isEqualTo(before);
  }

  /** Asks for the shorter retention and approves what comes of it; the hash. */
  private static String approve(LossCase loss, String retention) {
    loss.set(RETENTION, "\"" + retention + "\"");
    loss.refusal();
    String approval = loss.pendingPlan();
    loss.approve(approval);
    loss.awaitRunning();
    return approval;
  }

  private static boolean everyTopicHas(LossCase loss, long records) {
    return loss.records().values().stream().allMatch(count -> count == records);
  }

  private static void archive(LossCase loss) {
    var before = loss.create("Retain");
    loss.set("/offline/retention", "\"90d\"");
    assertThat(loss.refusal()).contains("400d to 90d deletes events of the offline store");
    assertThat(loss.data()).isEqualTo(before);

    loss.approve(loss.pendingPlan());
    loss.awaitRunning();

    assertThat(loss.data()).isEqualTo(before);
  }
}
