package dev.millrace.operator.desired;

import dev.millrace.contract.DurationText;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that stays when a resource is deleted (reliability.md §2, L1), each with its place. It
 * follows from the plans alone, so it is the same at every look of a deletion.
 */
public final class RetainedData {
  private RetainedData() {}

  /**
   * Topics, values and files of a pipeline.
   *
   * @param plans one per version that runs
   */
  public static List<String> of(Collection<PipelinePlan> plans) {
    var data = new LinkedHashSet<String>();
    topics(PipelineObjects.topics(plans)).forEach(data::add);
    for (PipelinePlan plan : plans) {
      String ttl = DurationText.text(plan.definition().onlineTtlMillis());
      if (plan.online() instanceof OnlinePlan.Registered registered) {
        data.add(
            "values of version "
                + plan.version()
                + " in Redis \""
                + registered.connection().name()
                + "\" until they expire, "
                + ttl
                + " after their last change");
      }
      data.add("events, features and savepoints below " + plan.location());
    }
    return List.copyOf(data);
  }

  /** Credential and volume of a managed Redis, in the pipeline's own namespace. */
  public static List<String> store(Collection<PipelinePlan> plans) {
    return plans.stream()
        .filter(plan -> plan.online() instanceof OnlinePlan.Managed)
        .flatMap(
            plan ->
                Stream.of(
                    "Secret " + plan.namespace() + "/" + Names.redis(plan.name()),
                    "PersistentVolumeClaim "
                        + plan.namespace()
                        + "/"
                        + Names.redisClaim(plan.name())))
        .distinct()
        .toList();
  }

  /** Data of a LabelWindow. */
  public static List<String> of(LabelWindowPlan plan) {
    var data = new ArrayList<>(topics(KafkaTopics.of(plan)));
    data.add("training sets and labels below " + plan.location());
    return data;
  }

  private static List<String> topics(List<KafkaTopic> topics) {
    return topics.stream().map(topic -> "topic " + topic.getSpec().getTopicName()).toList();
  }
}
