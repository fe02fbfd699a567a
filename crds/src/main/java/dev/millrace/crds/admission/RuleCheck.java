package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.runtime.CelEvaluationException;
import dev.millrace.crds.admission.Refusal.Cause;
import java.util.HashMap;
import java.util.Map;

/**
 * Rules in CEL of a value and of all that it holds. The old value goes along where the server can
 * tell which one it is: members by name, items of list-maps by key.
 */
final class RuleCheck {
  private final CelRules rules;
  private final Refusals refusals;

  RuleCheck(CelRules rules, Refusals refusals) {
    this.rules = rules;
    this.refusals = refusals;
  }

  /** Checks a value; {@code old} is null when there is none. */
  void check(SchemaNode schema, JsonNode value, JsonNode old, String path) {
    for (RuleText rule : schema.rules()) {
      if (old != null || !rule.isTransition()) {
        evaluate(rule, value, old, path);
      }
    }
    if (value.isObject()) {
      members(schema, value, old, path);
    } else if (value.isArray()) {
      items(schema, value, old, path);
    }
  }

  private void members(SchemaNode schema, JsonNode value, JsonNode old, String path) {
    for (String name : SchemaNode.names(value)) {
      var member = schema.member(name);
      if (member != null) {
        var oldMember = old == null ? null : old.get(name);
        check(member, value.get(name), oldMember, path.isEmpty() ? name : path + "." + name);
      }
    }
  }

  private void items(SchemaNode schema, JsonNode value, JsonNode old, String path) {
    var oldItems = new HashMap<JsonNode, JsonNode>();
    if (old != null && schema.text("x-kubernetes-list-type").equals("map")) {
      old.forEach(item -> oldItems.put(ListKeys.key(schema, item), item));
    }
    var items = schema.items();
    for (int i = 0; i < value.size(); i++) {
      var item = value.get(i);
      check(items, item, oldItems.get(ListKeys.key(schema, item)), path + "[" + i + "]");
    }
  }

  private void evaluate(RuleText rule, JsonNode value, JsonNode old, String path) {
    var variables = new HashMap<String, Object>();
    variables.put("self", CelValues.of(value));
    if (old != null) {
      variables.put("oldSelf", CelValues.of(old));
    }
    try {
      if (!holds(rule, variables)) {
        var where = path.isEmpty() ? rule.fieldPath().substring(1) : path + rule.fieldPath();
        refusals.add(where, rule.cause(), message(rule, variables));
      }
    } catch (CelEvaluationException failed) {
      refusals.add(path, Cause.INVALID, failed.getMessage() + " evaluating rule: " + rule.called());
    }
  }

  private boolean holds(RuleText rule, Map<String, Object> variables)
      throws CelEvaluationException {
    return (Boolean) rules.program(rule.rule()).eval(variables);
  }

  private String message(RuleText rule, Map<String, Object> variables)
      throws CelEvaluationException {
    if (rule.messageExpression().isEmpty()) {
      return rule.message();
    }
    return (String) rules.program(rule.messageExpression()).eval(variables);
  }
}
