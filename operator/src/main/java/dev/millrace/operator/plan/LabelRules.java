package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Entity;
import dev.millrace.contract.LabelMatch;
import dev.millrace.contract.SchemaField;
import dev.millrace.operator.plan.spec.LabelWindowSpec.MatchSpec;
import dev.millrace.operator.plan.spec.SourceSpec;
import java.util.Map;
import java.util.Optional;

/** A label's or surrogate's match and value: reliability.md §6, rows 19, 105, 107, 110. */
final class LabelRules {
  private final String path;
  private final SourceSpec source;
  private final ExpressionRules expressions;
  private final Violations violations;

  LabelRules(String path, SourceSpec source, ExpressionRules expressions, Violations violations) {
    this.path = path;
    this.source = source;
    this.expressions = expressions;
    this.violations = violations;
  }

  /** The match, or null after a violation. */
  LabelMatch match(MatchSpec match, PipelinePlan anchor) {
    // Admission refuses any other combination (row 109).
    return match.entity() == null ? byReference(match, anchor) : byEntity(match.entity(), anchor);
  }

  private LabelMatch byReference(MatchSpec match, PipelinePlan anchor) {
    SchemaField anchorField = anchor.definition().schema().field(match.anchor());
    if (anchorField == null) {
      JoinRules.noField(violations, path + ".match.anchor", match.anchor(), anchor);
    }
    SourceSpec.FieldSpec labelField =
        new SourceRules(path + ".source", source, violations)
            .field(path + ".match.label", match.label());
    if (anchorField == null || labelField == null) {
      return null;
    }
    same(
        "anchor " + match.anchor(),
        anchorField.type(),
        "label " + match.label(),
        SourceSchemas.type(labelField));
    return new LabelMatch.ByReference(match.anchor(), match.label());
  }

  private LabelMatch byEntity(String name, PipelinePlan anchor) {
    Entity entity = anchor.definition().entity(name);
    if (entity == null) {
      JoinRules.noEntity(violations, path + ".match.entity", name, anchor);
      return null;
    }
    for (String key : entity.keys()) {
      SourceSpec.FieldSpec field = source.field(key);
      if (field == null) {
        violations.notFound(
            path + ".match.entity",
            "key "
                + quote(key)
                + " of entity "
                + name
                + " is not a field of "
                + path
                + ".source.schema; add it");
      } else {
        same(
            "anchor " + key,
            anchor.definition().schema().field(key).type(),
            "label " + key,
            SourceSchemas.type(field));
      }
    }
    return new LabelMatch.ByEntity(name);
  }

  private void same(String one, ColumnType oneType, String other, ColumnType otherType) {
    if (!oneType.equals(otherType)) {
      violations.invalid(
          path + ".match",
          one
              + " has type "
              + oneType.type().text()
              + ", "
              + other
              + " has type "
              + otherType.type().text()
              + "; match fields of one type");
    }
  }

  /** Checks the value over label events; its type, or empty after a violation. */
  Optional<ColumnType> value(String value) {
    Map<String, ColumnType> fields = SourceSchemas.variables(source);
    return expressions.type(
        path + ".value", value, fields, expressions.noField(path + ".source.schema", fields));
  }

  /** Checks that the value of anchors without an outcome has the type of the others. */
  void whenAbsent(String whenAbsent, ColumnType value) {
    String at = path + ".whenAbsent";
    expressions
        .type(
            at,
            whenAbsent,
            Map.of(),
            (unknownPath, name) ->
                violations.invalid(
                    unknownPath,
                    "names "
                        + quote(name)
                        + ", but must be a constant; write for example "
                        + example(value)))
        .filter(type -> !type.equals(value))
        .ifPresent(
            type ->
                violations.invalid(
                    at,
                    "has type "
                        + type.type().text()
                        + ", "
                        + path
                        + ".value has type "
                        + value.type().text()
                        + "; write "
                        + example(value)));
  }

  private static String example(ColumnType type) {
    return switch (type.type()) {
      case STRING -> "\"none\"";
      case LONG -> "0";
      case DOUBLE -> "0.0";
      // No constant is a Decimal.
      case DECIMAL -> "0.0, and double(...) around the value";
      case BOOLEAN -> "false";
      case TIMESTAMP -> "timestamp(\"1970-01-01T00:00:00Z\")";
    };
  }
}
