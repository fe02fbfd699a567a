package dev.millrace.operator.desired;

import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.LabelWindowPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** All children of a LabelWindow, in the order in which they are applied. */
public final class LabelWindowObjects {
  private LabelWindowObjects() {}

  /** Topics, policy, definition, scheduled extract. */
  public static List<HasMetadata> of(LabelWindowPlan plan, OperatorConfig config) {
    var objects = new ArrayList<HasMetadata>(KafkaTopics.of(plan));
    objects.addAll(extract(plan, config));
    return objects;
  }

  /** Policy, definition, scheduled extract. */
  public static List<HasMetadata> extract(LabelWindowPlan plan, OperatorConfig config) {
    HasMetadata definition = DefinitionConfigMaps.of(plan, config);
    return List.of(
        NetworkPolicies.extract(plan),
        definition,
        CronJobs.of(plan, definition.getMetadata().getName(), config));
  }
}
