package dev.millrace.binding;

import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import dev.millrace.contract.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in the words of the API what does not fit together (reliability.md §6, row 58). */
final class TypeErrorText {
  private static final Pattern NO_OVERLOAD =
      Pattern.compile(
          "found no matching overload for '(.*?)' applied to '(.*?)' .*", Pattern.DOTALL);
  private static final Pattern BINARY = Pattern.compile("[_@]([^_]+)_?");
  private static final Map<String, String> TYPE_NAMES =
      Map.of(
          "int", "Long",
          "double", "Double",
          "bool", "Boolean",
          "string", "String",
          "google.protobuf.Timestamp", "Timestamp",
          "google.protobuf.Duration", "duration",
          "null_type", "null");

  private final Variables variables;

  TypeErrorText(Variables variables) {
    this.variables = variables;
  }

  /** A CEL type in the words of the API. */
  static String typeName(String celType) {
    return TYPE_NAMES.getOrDefault(celType, celType);
  }

  String of(CelExpr tree, CelIssue issue) {
    int column = issue.getSourceLocation().getColumn() + 1;
    Matcher overload = NO_OVERLOAD.matcher(issue.getMessage());
    if (!overload.matches()) {
      return "is not correct at column " + column + ": " + issue.getMessage();
    }
    CelExpr call = find(tree, issue.getExprId());
    List<CelExpr> operands = call == null ? List.of() : call.call().args();
    String[] types = overload.group(2).replaceAll("^\\(|\\)$", "").split(", ");
    Matcher binary = BINARY.matcher(overload.group(1));
    if (binary.matches() && types.length == 2 && operands.size() == 2) {
      return verb(
              binary.group(1),
              operandType(operands.get(0), types[0]),
              operandType(operands.get(1), types[1]))
          + " at column "
          + column
          + "; "
          + advice(operands, types);
    }
    return "cannot apply "
        + name(overload.group(1))
        + " to "
        + types(overload.group(2))
        + " at column "
        + column
        + "; convert it";
  }

  private static String name(String function) {
    return function.endsWith("_") || function.startsWith("@")
        ? function.replaceAll("[_@]", "")
        : Violation.quote(function);
  }

  /** Argument types, {@code (a, b)} or with a receiver {@code a.(b)}. */
  private static String types(String applied) {
    return Arrays.stream(applied.replaceAll("\\.?\\(|\\)$", ", ").split("(, )+"))
        .filter(type -> !type.isEmpty())
        .map(TypeErrorText::typeName)
        .collect(Collectors.joining(", "));
  }

  private static String verb(String operator, String left, String right) {
    return operator.matches("[=!<>]=?")
        ? "cannot compare " + left + " with " + right
        : "cannot apply " + operator + " to " + left + " and " + right;
  }

  private String operandType(CelExpr operand, String celType) {
    int index =
        operand.getKind() == CelExpr.ExprKind.Kind.IDENT
            ? variables.indexOf(operand.ident().name())
            : -1;
    return index >= 0 ? variables.type(index).type().text() : typeName(celType);
  }

  private static String advice(List<CelExpr> operands, String[] types) {
    for (int i = 0; i < 2; i++) {
      if (types[i].equals("int") && types[1 - i].equals("double")) {
        CelExpr operand = operands.get(i);
        if (operand.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
          return "write " + operand.constant().int64Value() + ".0";
        }
        return operand.getKind() == CelExpr.ExprKind.Kind.IDENT
            ? "write double(" + operand.ident().name() + ")"
            : "convert the Long with double(...)";
      }
    }
    return "convert one of them";
  }

  private static CelExpr find(CelExpr tree, long id) {
    if (tree.id() == id) {
      return tree.getKind() == CelExpr.ExprKind.Kind.CALL ? tree : null;
    }
    List<CelExpr> below =
        switch (tree.getKind()) {
          case CALL -> tree.call().args();
          case LIST -> tree.list().elements();
          case CONSTANT, IDENT, SELECT, STRUCT, MAP, COMPREHENSION, NOT_SET -> List.of();
        };
    for (CelExpr child : below) {
      CelExpr found = find(child, id);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
