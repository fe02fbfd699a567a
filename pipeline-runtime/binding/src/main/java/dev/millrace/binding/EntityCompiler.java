package dev.millrace.binding;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Derived;
import dev.millrace.contract.DurationText;
import dev.millrace.contract.Entity;
import dev.millrace.contract.Feature;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Precision;
import dev.millrace.contract.Reason;
import dev.millrace.contract.Violation;
import dev.millrace.kernel.EntityLayout;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import dev.millrace.kernel.Windows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compiles one entity: features × windows into the kernel's columns, expressions into inputs. */
final class EntityCompiler {
  private final Definition definition;
  private final InputCatalog inputs;

  final List<OutputColumn> columns = new ArrayList<>();
  final Map<String, Integer> inputOfFeature = new HashMap<>();
  final Map<String, Integer> derivedIndexes = new HashMap<>();

  private final List<WindowColumn> windowColumns = new ArrayList<>();
  private final List<RowProgram.EmptyAs> emptyAs = new ArrayList<>();
  private final List<CompiledExpression> derived = new ArrayList<>();
  private final List<OutputColumn> featureColumns;

  EntityCompiler(Definition definition, Entity entity) {
    this.definition = definition;
    inputs = new InputCatalog(definition.schema());
    entity.features().forEach(this::add);
    featureColumns = List.copyOf(columns);
    var expressions = new Expressions(Variables.of(featureColumns));
    entity.derived().forEach(column -> add(column, expressions));
  }

  private void add(Feature feature) {
    int input = inputs.indexOf(feature.value(), feature.where());
    ColumnType value = inputs.valueType(input);
    ColumnType type = FeatureColumns.type(feature, value);
    int scale = value == null ? 0 : value.scale();
    boolean quantile = feature.aggregation() == Aggregation.QUANTILE;
    inputOfFeature.put(feature.name(), input);
    for (String window : feature.windows()) {
      long windowMillis = DurationText.millis(window);
      windowColumns.add(
          new WindowColumn(
              input,
              FeatureColumns.aggregate(feature.aggregation()),
              windowMillis,
              Windows.tailMillis(
                  definition.slideMillis(), windowMillis, feature.precision() == Precision.EXACT),
              feature.offsetMillis(),
              scale,
              quantile ? Double.parseDouble(feature.quantile()) : 0));
      columns.add(new OutputColumn(feature.column(window), type));
      emptyAs.add(emptyAs(feature, type));
    }
  }

  private void add(Derived column, Expressions expressions) {
    CompiledExpression expression = expressions.compile(column.expression());
    derivedIndexes.put(column.name(), derived.size());
    derived.add(expression);
    columns.add(new OutputColumn(column.name(), expression.type));
  }

  private static RowProgram.EmptyAs emptyAs(Feature feature, ColumnType type) {
    String text = feature.emptyAs();
    if (text.isEmpty()) {
      return null;
    }
    if (type.type() == FieldType.STRING) {
      return new RowProgram.EmptyAs(0, text.getBytes(StandardCharsets.UTF_8));
    }
    try {
      return new RowProgram.EmptyAs(ValueText.parse(type, text), null);
    } catch (NumberFormatException e) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED,
          "feature " + feature.name() + ": emptyAs " + Violation.quote(text) + " is not a " + type,
          e);
    }
  }

  InputProgram inputProgram() {
    return new InputProgram(inputs);
  }

  RowProgram rowProgram() {
    return new RowProgram(featureColumns, emptyAs.toArray(RowProgram.EmptyAs[]::new), derived);
  }

  EntityLayout layout(long idHorizonMillis, List<InputType> inputTypes) {
    return new EntityLayout(definition.slideMillis(), idHorizonMillis, inputTypes, windowColumns);
  }
}
