package dev.millrace.binding;

import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.millrace.contract.ColumnType;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * CEL as Millrace speaks it: the standard functions but those that defeat static types (dyn, type),
 * have no column type (uint, bytes), and no macros: over variables that are all scalars they could
 * only multiply cost. Nothing in it reads a clock, so an expression is a function of its event.
 */
final class CelEnvironment {
  /** Bytes of an expression (reliability.md §6, row 60). */
  static final int MAX_BYTES = 1024;

  /** Nesting of an expression (reliability.md §6, row 61). */
  static final int MAX_DEPTH = 20;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_BYTES)
          .maxParseRecursionDepth(600)
          .enableReservedIds(false)
          .enableHeterogeneousNumericComparisons(false)
          .build();

  private static final Set<StandardFunction> EXCLUDED =
      EnumSet.of(
          StandardFunction.DYN,
          StandardFunction.TYPE,
          StandardFunction.UINT,
          StandardFunction.BYTES);

  private static final Set<String> FUNCTION_NAMES =
      EnumSet.complementOf(EnumSet.copyOf(EXCLUDED)).stream()
          .map(StandardFunction::functionName)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Comparisons of two types are left out, as in Kubernetes: {@code amount > 100} on a double is a
   * mistake that the planner names (api.md §4).
   */
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  private final CelCompiler compiler;

  CelEnvironment(Variables variables) {
    var builder = CelCompilerFactory.standardCelCompilerBuilder().setOptions(OPTIONS);
    for (int i = 0; i < variables.names().size(); i++) {
      builder.addVar(variables.names().get(i), celType(variables.type(i)));
    }
    compiler = builder.build();
  }

  CelValidationResult parse(String expression) {
    return compiler.parse(expression);
  }

  CelValidationResult check(CelAbstractSyntaxTree parsed) {
    return compiler.check(parsed);
  }

  static CelRuntime.Program program(CelAbstractSyntaxTree checked) {
    try {
      return RUNTIME.createProgram(checked);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("a checked expression has a program", e);
    }
  }

  /** Whether a function may be called by name. */
  static boolean isFunction(String name) {
    return FUNCTION_NAMES.contains(name);
  }

  private static CelType celType(ColumnType type) {
    return switch (type.type()) {
      case STRING -> SimpleType.STRING;
      case LONG -> SimpleType.INT;
      case DOUBLE, DECIMAL -> SimpleType.DOUBLE;
      case BOOLEAN -> SimpleType.BOOL;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
    };
  }

  /** The column type of an expression of a CEL type, or null if it has none. */
  static ColumnType columnType(CelType type) {
    return switch (type.kind()) {
      case INT -> ColumnType.LONG;
      case DOUBLE -> ColumnType.DOUBLE;
      case BOOL -> ColumnType.BOOLEAN;
      case STRING -> ColumnType.STRING;
      case TIMESTAMP -> ColumnType.TIMESTAMP;
      default -> null;
    };
  }
}
