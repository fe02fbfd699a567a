package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.operator.plan.spec.EntitySpec.FeatureSpec;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** One feature's value, filter and settings: reliability.md §6, rows 19, 52–61. */
final class FeatureRules {
  private final Map<String, ColumnType> fields;
  private final ExpressionRules expressions;
  private final Violations violations;
  private final BiConsumer<String, String> unknown;

  FeatureRules(Map<String, ColumnType> fields, ExpressionRules expressions, Violations violations) {
    this.fields = fields;
    this.expressions = expressions;
    this.violations = violations;
    this.unknown = expressions.noField("spec.source.schema", fields);
  }

  /** The type of the feature's columns, or empty after a violation that leaves it open. */
  Optional<ColumnType> check(String path, FeatureSpec feature) {
    Aggregation aggregation =
        EnumText.of(Aggregation.values(), Aggregation::text, feature.aggregation());
    quantile(path, aggregation, feature.quantile());
    if (!feature.where().isEmpty()) {
      expressions.condition(path + ".where", feature.where(), fields, unknown);
    }
    Optional<ColumnType> type = output(path, aggregation, feature.value());
    if (!feature.emptyAs().isEmpty()) {
      type.ifPresent(known -> emptyAs(path + ".emptyAs", feature.emptyAs(), known));
    }
    return type;
  }

  private Optional<ColumnType> output(String path, Aggregation aggregation, String value) {
    if (value.isEmpty()) {
      // Only Count comes without a value (row 51, refused at admission).
      return Optional.of(ColumnType.LONG);
    }
    Optional<ColumnType> input = expressions.type(path + ".value", value, fields, unknown);
    if (input.isPresent() && !ColumnTypes.accepts(aggregation, input.get().type())) {
      violations.invalid(
          path + ".value",
          quote(value)
              + " has type "
              + input.get().type().text()
              + ", "
              + aggregation.text()
              + " needs a number; use CountDistinct or another field");
      return Optional.empty();
    }
    return input.map(type -> ColumnTypes.output(aggregation, type));
  }

  private void quantile(String path, Aggregation aggregation, String quantile) {
    if (aggregation == Aggregation.QUANTILE
        && number(quantile).filter(FeatureRules::isShare).isEmpty()) {
      violations.invalid(
          path + ".quantile",
          "must be between 0 and 1, got " + quote(quantile) + "; use for example \"0.95\"");
    }
  }

  private static boolean isShare(BigDecimal number) {
    return number.signum() >= 0 && number.compareTo(BigDecimal.ONE) <= 0;
  }

  private void emptyAs(String path, String text, ColumnType type) {
    Optional<BigDecimal> number = number(text);
    boolean fits =
        switch (type.type()) {
          case STRING -> true;
          case BOOLEAN -> text.equals("true") || text.equals("false");
          case DOUBLE -> number.isPresent();
          case LONG, TIMESTAMP -> number.filter(value -> isLong(value, 0)).isPresent();
          case DECIMAL -> number.filter(value -> isLong(value, type.scale())).isPresent();
        };
    if (!fits) {
      String example = type.equals(ColumnType.BOOLEAN) ? "\"false\"" : "\"0\"";
      String finite = type.equals(ColumnType.BOOLEAN) ? "a " : "a finite ";
      violations.invalid(
          path,
          quote(text) + " is not " + finite + type.type().text() + "; use for example " + example);
    }
  }

  /** Whether the number has at most {@code scale} decimal places and fits 64 bits unscaled. */
  private static boolean isLong(BigDecimal number, int scale) {
    try {
      number.movePointRight(scale).longValueExact();
      return true;
    } catch (ArithmeticException tooLongOrFine) {
      return false;
    }
  }

  /** A plain decimal number; empty for anything else, NaN and infinities included. */
  private static Optional<BigDecimal> number(String text) {
    if (!text.matches("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?")) {
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(text));
  }
}
