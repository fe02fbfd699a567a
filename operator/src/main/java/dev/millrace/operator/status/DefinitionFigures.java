package dev.millrace.operator.status;

import dev.millrace.contract.DurationText;
import dev.millrace.operator.plan.ColumnPlan;
import dev.millrace.operator.plan.EntityPlan;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.TopicPlan;
import dev.millrace.v1alpha1.featurepipelinestatus.Definition;
import dev.millrace.v1alpha1.featurepipelinestatus.Topic;
import dev.millrace.v1alpha1.featurepipelinestatus.definition.Entities;
import dev.millrace.v1alpha1.featurepipelinestatus.definition.entities.Columns;

/** {@code status.definition} and {@code status.topic}, from the plan in force. */
final class DefinitionFigures {
  private DefinitionFigures() {}

  static Definition definition(PipelinePlan plan, int servedVersion) {
    var definition = new Definition();
    definition.setHash(plan.definitionHash());
    definition.setVersion(plan.version());
    definition.setServedVersion(servedVersion);
    definition.setColumns(
        plan.entities().stream().mapToInt(entity -> entity.columns().size()).sum());
    definition.setEntities(plan.entities().stream().map(DefinitionFigures::entity).toList());
    return definition;
  }

  /** Partitions of a topic that is not managed are not known to the operator. */
  static Topic topic(TopicPlan plan) {
    var topic = new Topic();
    topic.setName(plan.kafkaName());
    topic.setPartitions(plan.managed() ? plan.partitions() : null);
    return topic;
  }

  private static Entities entity(EntityPlan plan) {
    var entity = new Entities();
    entity.setName(plan.name());
    entity.setColumns(plan.columns().stream().map(DefinitionFigures::column).toList());
    return entity;
  }

  private static Columns column(ColumnPlan plan) {
    var column = new Columns();
    column.setName(plan.name());
    column.setType(plan.type().toString());
    if (!plan.derived()) {
      column.setWindow(plan.window());
      column.setTail(DurationText.text(plan.tailMillis()));
    }
    return column;
  }
}
