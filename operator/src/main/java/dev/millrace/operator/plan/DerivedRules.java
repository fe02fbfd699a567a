package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.FieldType;
import dev.millrace.operator.plan.spec.EntitySpec;
import dev.millrace.operator.plan.spec.EntitySpec.DerivedSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Columns computed from columns: reliability.md §6, rows 56–63. */
final class DerivedRules {
  private final ExpressionRules expressions;
  private final Violations violations;

  DerivedRules(ExpressionRules expressions, Violations violations) {
    this.expressions = expressions;
    this.violations = violations;
  }

  /**
   * The derived columns that are in order.
   *
   * @param names all feature columns, also those whose feature has a violation
   * @param columns the feature columns with known types
   */
  List<ColumnPlan> check(
      String path, EntitySpec entity, Set<String> names, List<ColumnPlan> columns) {
    var variables = new LinkedHashMap<String, ColumnType>();
    columns.forEach(column -> variables.put(column.name(), column.type()));
    Set<String> derivedNames =
        entity.derived().stream().map(DerivedSpec::name).collect(Collectors.toSet());
    var plans = new ArrayList<ColumnPlan>();
    for (DerivedSpec derived : entity.derived()) {
      String at = path + ".derived[" + derived.name() + "]";
      type(at + ".expression", derived, variables, unknown(entity, names, derivedNames))
          .ifPresent(
              type -> plans.add(new ColumnPlan(derived.name(), derived.name(), type, "", 0)));
    }
    return plans;
  }

  private Optional<ColumnType> type(
      String path,
      DerivedSpec derived,
      Map<String, ColumnType> variables,
      BiConsumer<String, String> unknown) {
    Optional<ColumnType> type = expressions.type(path, derived.expression(), variables, unknown);
    if (type.isPresent() && type.get().type() == FieldType.TIMESTAMP) {
      violations.invalid(
          path, "has type Timestamp, a number, bool or string is needed; convert it");
      return Optional.empty();
    }
    return type;
  }

  private BiConsumer<String, String> unknown(
      EntitySpec entity, Set<String> names, Set<String> derivedNames) {
    return (path, name) -> {
      if (derivedNames.contains(name)) {
        violations.forbidden(path, quote(name) + " is itself derived; use feature columns only");
      } else if (!names.contains(name)) {
        violations.notFound(
            path,
            quote(name)
                + " is not a column of entity "
                + entity.name()
                + "; columns: "
                + String.join(", ", names));
      }
    };
  }
}
