package dev.millrace.operator.plan;

import dev.millrace.contract.LabelDefinition;

/**
 * A surrogate of a label.
 *
 * @param outcome how it is found, as if it were a label
 * @param topic where its events come from
 */
public record SurrogatePlan(LabelDefinition outcome, TopicPlan topic) {}
