package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

/** The rules of {@code metadata.name}: reliability.md §6, rows 1 and 2. */
final class ResourceNames {
  private static final int LONGEST = 37;

  private ResourceNames() {}

  /**
   * @param runsFlink whether a FlinkDeployment carries the name
   */
  static void check(String name, boolean runsFlink, Violations violations) {
    if (name.length() > LONGEST) {
      violations.invalid(
          "metadata.name",
          "has "
              + name.length()
              + " characters, at most "
              + LONGEST
              + " leave room for the names of its children; shorten it");
    }
    if (name.isEmpty() || name.charAt(0) < 'a' || name.charAt(0) > 'z') {
      violations.invalid(
          "metadata.name",
          quote(name)
              + " does not start with a letter"
              + (runsFlink ? ", which Flink requires" : "")
              + "; rename it");
    }
    if (name.contains(".")) {
      violations.invalid("metadata.name", quote(name) + " contains a dot; use \"-\"");
    }
  }
}
