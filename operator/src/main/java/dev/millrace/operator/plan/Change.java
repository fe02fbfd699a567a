package dev.millrace.operator.plan;

/**
 * One part of a change between two plans.
 *
 * @param planClass what this part alone would be
 * @param subject what changes: {@code card.amount_sum}, {@code stream.parallelism}
 * @param text the change in words: {@code windows of card/amount changed from 5m 1h to 5m 2h}
 */
public record Change(PlanClass planClass, String subject, String text) {}
