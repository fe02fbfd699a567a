package dev.millrace.contract;

/**
 * What a label means and when it is final.
 *
 * @param name label column
 * @param schema how records of the label topic become label events
 * @param match how label events find their anchors
 * @param value CEL over the label event
 * @param whenAbsent CEL constant for anchors without a matching label event
 * @param gapMillis time after t0 in which outcomes do not count
 * @param attributionWindowMillis length of the label window after the gap
 * @param labelDelayMillis how long reports still trickle in after the window
 * @param stalledAfterMillis silence of a label partition after which nothing is finalised
 * @param attribution which anchor an outcome belongs to
 */
public record LabelDefinition(
    String name,
    EventSchema schema,
    LabelMatch match,
    String value,
    String whenAbsent,
    long gapMillis,
    long attributionWindowMillis,
    long labelDelayMillis,
    long stalledAfterMillis,
    Attribution attribution) {}
