package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Precision;
import dev.millrace.kernel.Windows;
import dev.millrace.operator.config.Limits;
import dev.millrace.operator.plan.spec.EntitySpec;
import dev.millrace.operator.plan.spec.EntitySpec.DerivedSpec;
import dev.millrace.operator.plan.spec.EntitySpec.FeatureSpec;
import dev.millrace.operator.plan.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An entity's keys, features and derived columns: reliability.md §6, rows 15–19, 46–64. */
final class EntityRules {
  private final Span slide;
  private final SourceRules source;
  private final Map<String, ColumnType> fields;
  private final WindowRules windows;
  private final FeatureRules features;
  private final DerivedRules derivedColumns;
  private final Violations violations;

  EntityRules(PipelineSpec spec, Limits limits, SourceRules source, Violations violations) {
    this.slide = Span.of(spec.slide());
    this.source = source;
    this.fields = SourceSchemas.variables(spec.source());
    this.violations = violations;
    var expressions = new ExpressionRules(limits, violations);
    this.windows = new WindowRules(slide, limits, violations);
    this.features = new FeatureRules(fields, expressions, violations);
    this.derivedColumns = new DerivedRules(expressions, violations);
  }

  /** Checks one entity; the columns are complete only if there was no violation. */
  EntityPlan check(EntitySpec entity) {
    String path = "spec.entities[" + entity.name() + "]";
    keys(path, entity);
    var columns = new ArrayList<ColumnPlan>();
    var owners = new LinkedHashMap<String, String>();
    for (FeatureSpec feature : entity.features()) {
      String at = path + ".features[" + feature.name() + "]";
      windows.check(at, feature);
      Optional<ColumnType> type = features.check(at, feature);
      for (String window : feature.windows()) {
        owners.put(feature.name() + "_" + window, feature.name());
        keyClash(at + ".name", entity, "column ", feature.name() + "_" + window, "feature");
      }
      type.ifPresent(known -> addColumns(columns, feature, known));
    }
    for (DerivedSpec derived : entity.derived()) {
      String at = path + ".derived[" + derived.name() + "].name";
      if (owners.containsKey(derived.name())) {
        violations.duplicate(
            at,
            quote(derived.name())
                + " is a column of feature "
                + owners.get(derived.name())
                + "; rename it");
      }
      keyClash(at, entity, "", derived.name(), "derived column");
    }
    columns.addAll(derivedColumns.check(path, entity, owners.keySet(), columns));
    return new EntityPlan(entity.name(), columns);
  }

  private void addColumns(List<ColumnPlan> columns, FeatureSpec feature, ColumnType type) {
    boolean exact = feature.precision().equals(Precision.EXACT.text());
    for (String text : feature.windows()) {
      long window = Span.of(text).millis();
      if (window % slide.millis() == 0) {
        columns.add(
            new ColumnPlan(
                feature.name() + "_" + text,
                feature.name(),
                type,
                text,
                Windows.tailMillis(slide.millis(), window, exact)));
      }
    }
  }

  private void keys(String path, EntitySpec entity) {
    var seen = new HashMap<String, String>();
    for (String key : entity.keys()) {
      if (seen.put(key, key) != null) {
        violations.duplicate(path + ".keys", quote(key) + " is listed twice; keep one");
        continue;
      }
      if (source.field(path + ".keys", key) == null) {
        continue;
      }
      ColumnType type = fields.get(key);
      switch (type.type()) {
        case STRING, LONG, BOOLEAN, TIMESTAMP -> {}
        case DECIMAL, DOUBLE ->
            violations.invalid(
                path + ".keys",
                quote(key)
                    + " has type "
                    + type.type().text()
                    + "; a key is a String, Long, Boolean or Timestamp");
      }
    }
  }

  private void keyClash(
      String path, EntitySpec entity, String noun, String column, String renamed) {
    for (String key : entity.keys()) {
      if (key.equalsIgnoreCase(column)) {
        violations.duplicate(
            path,
            noun
                + quote(column)
                + " is also a key of entity "
                + entity.name()
                + "; rename the "
                + renamed);
      }
    }
  }
}
