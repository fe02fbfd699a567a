package dev.millrace.contract;

/**
 * An early proxy of the label: a column of the training rows, never the label (semantics.md §8).
 *
 * @param name as in the spec
 * @param outcome its feed, match, value and window, as if it were a label; its name is the column
 *     {@code <name>_surrogate}
 * @param topic its topic as named in Kafka, on the connection of the label's
 */
public record Surrogate(String name, LabelDefinition outcome, String topic) {
  /** Name of a surrogate's column. */
  public static String column(String name) {
    return name + "_surrogate";
  }
}
