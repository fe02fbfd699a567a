package dev.millrace.crds.admission;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime.Program;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles rules once. {@code self} and {@code oldSelf} are dynamic, so a rule that names a field
 * no schema declares is found by evaluation only; {@code format} is ours because the library has
 * none, and knows {@code %d} and {@code %s}.
 */
final class CelRules {
  private final Cel cel = build();
  private final Map<String, Program> programs = new ConcurrentHashMap<>();

  /**
   * The program of an expression.
   *
   * @throws IllegalArgumentException when it is no CEL: a bug of the CRD, not of a user
   */
  Program program(String expression) {
    return programs.computeIfAbsent(expression, this::compile);
  }

  private Program compile(String expression) {
    try {
      return cel.createProgram(cel.compile(expression).getAst());
    } catch (CelValidationException | CelEvaluationException broken) {
      throw new IllegalArgumentException("rule does not compile: " + expression, broken);
    }
  }

  private static Cel build() {
    var arguments = List.<Class<?>>of(String.class, List.class);
    return CelFactory.standardCelBuilder()
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addVar("self", SimpleType.DYN)
        .addVar("oldSelf", SimpleType.DYN)
        .addCompilerLibraries(CelExtensions.strings())
        .addRuntimeLibraries(CelExtensions.strings())
        .addFunctionDeclarations(
            CelFunctionDecl.newFunctionDeclaration(
                "format",
                CelOverloadDecl.newMemberOverload(
                    "string_format",
                    SimpleType.STRING,
                    SimpleType.STRING,
                    ListType.create(SimpleType.DYN))))
        .addFunctionBindings(
            CelFunctionBinding.from(
                "string_format", arguments, values -> format((String) values[0], values[1])))
        .build();
  }

  private static String format(String pattern, Object values) {
    return String.format(Locale.ROOT, pattern, ((List<?>) values).toArray());
  }
}
