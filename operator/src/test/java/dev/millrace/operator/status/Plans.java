package dev.millrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.TestCatalogue;
import dev.millrace.operator.TestPlans;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanDiff;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.Planner;
import dev.millrace.operator.plan.References;
import dev.millrace.operator.plan.ResourceReader;
import dev.millrace.operator.plan.Resources;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Plans of tests: a pipeline of version 3 and a label window over it. */
final class Plans {
  static final String PIPELINE = TestPlans.CARD_FRAUD_AMOUNTS;

  static final String LABEL_WINDOW =
      """
      ---
      apiVersion: millrace.dev/v1alpha1
      kind: LabelWindow
      metadata: {name: chargeback-45d, namespace: fraud, uid: uid-2}
      spec:
        pipelineRef: {name: card-fraud}
        label:
          name: is_fraud
          source:
            topic: {name: chargebacks}
            eventId: cb_id
            eventTime: {field: received_at}
            schema:
            - {name: cb_id, type: String}
            - {name: tx_id, type: String}
            - {name: received_at, type: Timestamp}
          match: {anchor: tx_id, label: tx_id}
        attributionWindow: 45d
        extract: {schedule: "15 2 * * *"}
      """;

  private static final Map<String, PipelinePlan> KNOWN = new ConcurrentHashMap<>();

  private Plans() {}

  static PipelinePlan pipeline() {
    return pipeline(PIPELINE);
  }

  static PipelinePlan suspended() {
    return pipeline(PIPELINE.replace("  version: 3\n", "  version: 3\n  suspend: true\n"));
  }

  static PipelinePlan managedRedis() {
    return pipeline(PIPELINE + "  online: {managed: {memory: 2Gi, storage: 4Gi}}\n");
  }

  static PipelinePlan pipeline(String yaml) {
    return KNOWN.computeIfAbsent(yaml, Plans::valid);
  }

  private static PipelinePlan valid(String yaml) {
    PlanResult<PipelinePlan> result = planned(yaml);
    assertThat(result).as(result.toString()).isInstanceOf(PlanResult.Valid.class);
    return ((PlanResult.Valid<PipelinePlan>) result).plan();
  }

  static PlanResult<PipelinePlan> planned(String yaml) {
    Resources resources = ResourceReader.read("test", yaml, "default");
    return Planner.plan(
        resources.pipelines().get(0), references(resources), OperatorConfig.DEFAULT);
  }

  /** What a change of the pipeline's text would do. */
  static PlanDiff diff(String changed) {
    Resources resources = ResourceReader.read("test", changed, "default");
    return PlanDiff.between(pipeline(), pipeline(changed), references(resources));
  }

  static LabelWindowPlan labelWindow() {
    return labelWindow(LABEL_WINDOW);
  }

  static LabelWindowPlan labelWindow(String yaml) {
    Resources resources = ResourceReader.read("test", PIPELINE + yaml, "default");
    PlanResult<LabelWindowPlan> result =
        Planner.plan(
            resources.labelWindows().get(0), references(resources), OperatorConfig.DEFAULT);
    assertThat(result).as(result.toString()).isInstanceOf(PlanResult.Valid.class);
    return ((PlanResult.Valid<LabelWindowPlan>) result).plan();
  }

  private static References references(Resources resources) {
    return new References(
        TestCatalogue.connections(),
        resources.pipelines(),
        resources.labelWindows(),
        TestCatalogue.NOW);
  }
}
