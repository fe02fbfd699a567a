package dev.millrace.binding;

import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.millrace.contract.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Translates the conditions people write most into {@link Condition}s: comparisons of a variable
 * with a constant, {@code in} over constants, Boolean variables, and {@code && || !} of those. All
 * else is left to the CEL runtime; a property test holds both equal on random events.
 */
final class DirectPath {
  private final Variables variables;

  DirectPath(Variables variables) {
    this.variables = variables;
  }

  /** The condition of a type-checked tree, or null when it needs the CEL runtime. */
  Condition condition(CelExpr tree) {
    return switch (tree.getKind()) {
      case IDENT -> flag(tree);
      case CALL -> call(tree.call());
      case CONSTANT, SELECT, LIST, STRUCT, MAP, COMPREHENSION, NOT_SET -> null;
    };
  }

  private Condition flag(CelExpr tree) {
    int index = variables.indexOf(tree.ident().name());
    return index >= 0 && variables.type(index).equals(ColumnType.BOOLEAN)
        ? new Condition.Flag(index)
        : null;
  }

  private Condition call(CelExpr.CelCall call) {
    List<CelExpr> operands = call.args();
    String function = call.function();
    if (function.equals(Operator.LOGICAL_NOT.getFunction())) {
      Condition operand = condition(operands.get(0));
      return operand == null ? null : new Condition.Not(operand);
    }
    if (operands.size() != 2) {
      return null;
    }
    CelExpr left = operands.get(0);
    CelExpr right = operands.get(1);
    if (function.equals(Operator.LOGICAL_AND.getFunction())) {
      return both(condition(left), condition(right));
    }
    if (function.equals(Operator.LOGICAL_OR.getFunction())) {
      return either(condition(left), condition(right));
    }
    if (function.equals(Operator.IN.getFunction())) {
      return in(left, right);
    }
    Comparison comparison = Comparison.of(function);
    return comparison == null ? null : comparison(left, comparison, right);
  }

  private static Condition both(Condition left, Condition right) {
    return left == null || right == null ? null : new Condition.And(left, right);
  }

  private static Condition either(Condition left, Condition right) {
    return left == null || right == null ? null : new Condition.Or(left, right);
  }

  private Condition in(CelExpr left, CelExpr right) {
    if (right.getKind() != CelExpr.ExprKind.Kind.LIST || right.list().elements().isEmpty()) {
      return null;
    }
    Condition any = null;
    for (CelExpr element : right.list().elements()) {
      Condition equal = comparison(left, Comparison.EQUAL, element);
      if (equal == null) {
        return null;
      }
      any = any == null ? equal : new Condition.Or(any, equal);
    }
    return any;
  }

  private Condition comparison(CelExpr left, Comparison comparison, CelExpr right) {
    if (left.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
      return right.getKind() == CelExpr.ExprKind.Kind.IDENT
          ? comparison(right, comparison.mirrored(), left)
          : null;
    }
    if (left.getKind() != CelExpr.ExprKind.Kind.IDENT
        || right.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return null;
    }
    int index = variables.indexOf(left.ident().name());
    return index < 0 ? null : comparison(index, comparison, right.constant());
  }

  private Condition comparison(int index, Comparison comparison, CelConstant constant) {
    ColumnType type = variables.type(index);
    CelConstant.Kind kind = constant.getKind();
    return switch (type.type()) {
      case LONG ->
          kind == CelConstant.Kind.INT64_VALUE
              ? new Condition.LongComparison(index, comparison, constant.int64Value())
              : null;
      case BOOLEAN ->
          kind == CelConstant.Kind.BOOLEAN_VALUE
              ? new Condition.LongComparison(index, comparison, constant.booleanValue() ? 1 : 0)
              : null;
      case DOUBLE, DECIMAL ->
          kind == CelConstant.Kind.DOUBLE_VALUE
              ? new Condition.DoubleComparison(
                  index,
                  type.equals(ColumnType.DOUBLE) ? -1 : type.scale(),
                  comparison,
                  constant.doubleValue())
              : null;
      case STRING ->
          kind == CelConstant.Kind.STRING_VALUE
              ? new Condition.TextComparison(
                  index, comparison, constant.stringValue().getBytes(StandardCharsets.UTF_8))
              : null;
      case TIMESTAMP -> null;
    };
  }
}
