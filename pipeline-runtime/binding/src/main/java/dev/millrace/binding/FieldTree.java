package dev.millrace.binding;

import dev.millrace.contract.EventSchema;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.SchemaField;
import dev.millrace.contract.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Declared fields by their place in a JSON document: a node per step of a JSON pointer (RFC 6901).
 * What is not in the tree is skipped unparsed.
 */
final class FieldTree {
  private static final int[] NONE = {};

  private final Map<String, FieldTree> members = new HashMap<>();
  private final Map<Integer, FieldTree> elements = new HashMap<>();

  /** Fields whose value is this very node. */
  int[] fields = NONE;

  /** Fields of this node and of all below it. */
  int[] reach = NONE;

  private FieldTree() {}

  /**
   * @throws MillraceFailure {@link Reason#DEFINITION_REFUSED} for a path that is no JSON pointer
   */
  static FieldTree of(EventSchema schema) {
    var root = new FieldTree();
    for (int i = 0; i < schema.fields().size(); i++) {
      root.add(steps(schema.fields().get(i)), 0, i);
    }
    return root;
  }

  /** The node of an object's member, or null if nothing below it is declared. */
  FieldTree member(String name) {
    return members.get(name);
  }

  /** The node of an array's element, or null. */
  FieldTree element(int index) {
    // The cache of small Integers makes this free for the indexes people use.
    return elements.get(index);
  }

  boolean isLeaf() {
    return members.isEmpty();
  }

  private void add(List<String> steps, int depth, int field) {
    reach = append(reach, field);
    if (depth == steps.size()) {
      fields = append(fields, field);
      return;
    }
    String step = steps.get(depth);
    FieldTree child = members.computeIfAbsent(step, name -> new FieldTree());
    if (step.equals("0") || step.length() < 8 && step.matches("[1-9][0-9]*")) {
      elements.put(Integer.valueOf(step), child);
    }
    child.add(steps, depth + 1, field);
  }

  private static List<String> steps(SchemaField field) {
    if (field.path().isEmpty()) {
      return List.of(field.name());
    }
    if (field.path().charAt(0) != '/') {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED,
          "path "
              + Violation.quote(field.path())
              + " of field "
              + field.name()
              + " is not a JSON pointer");
    }
    var steps = new ArrayList<String>();
    for (String step : field.path().substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return steps;
  }

  private static int[] append(int[] array, int value) {
    int[] longer = java.util.Arrays.copyOf(array, array.length + 1);
    longer[array.length] = value;
    return longer;
  }
}
