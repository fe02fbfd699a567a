package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.SchemaField;
import dev.millrace.operator.plan.spec.LabelWindowSpec.JoinSpec;
import java.util.List;
import java.util.TreeSet;

/** Where the keys of a joined pipeline come from: reliability.md §6, rows 106, 107. */
final class JoinKeys {
  private final PipelinePlan anchor;
  private final Violations violations;

  JoinKeys(PipelinePlan anchor, Violations violations) {
    this.anchor = anchor;
    this.violations = violations;
  }

  /** Every key of the entities is mapped to a field of its type, and nothing else is. */
  void check(String path, JoinSpec join, PipelinePlan pipeline, List<Entity> entities) {
    var wanted = new TreeSet<String>();
    entities.forEach(entity -> wanted.addAll(entity.keys()));
    for (String key : wanted) {
      String field = join.keys().get(key);
      if (field == null) {
        violations.required(
            path,
            key
                + " of "
                + pipeline.name()
                + " is not mapped; write for example {"
                + key
                + ": "
                + likely(pipeline, key)
                + "}");
      } else {
        mapped(path, key, field, pipeline);
      }
    }
    for (String key : join.keys().keySet()) {
      if (!wanted.contains(key) && !entities.isEmpty()) {
        violations.notFound(
            path,
            quote(key)
                + " is not a key of "
                + pipeline.name()
                + "; keys: "
                + String.join(", ", wanted));
      }
    }
  }

  /** A field of the anchor pipeline that probably holds a key: of its type, and of no other use. */
  private String likely(PipelinePlan pipeline, String key) {
    EventSchema schema = anchor.definition().schema();
    ColumnType type = pipeline.definition().schema().field(key).type();
    var used = new TreeSet<>(List.of(schema.eventId(), schema.eventTimeField()));
    anchor.definition().entities().forEach(entity -> used.addAll(entity.keys()));
    List<String> names =
        schema.fields().stream()
            .filter(field -> field.type().equals(type))
            .map(SchemaField::name)
            .toList();
    return NearestName.of(key, names)
        .or(() -> names.stream().filter(name -> !used.contains(name)).findFirst())
        .orElse(anchor.definition().entities().get(0).keys().get(0));
  }

  private void mapped(String path, String key, String field, PipelinePlan pipeline) {
    EventSchema schema = anchor.definition().schema();
    if (schema.field(field) == null) {
      JoinRules.noField(violations, path, field, anchor);
      return;
    }
    ColumnType from = pipeline.definition().schema().field(key).type();
    ColumnType to = schema.field(field).type();
    if (!from.equals(to)) {
      violations.invalid(
          path,
          key
              + " has type "
              + from.type().text()
              + ", "
              + field
              + " has type "
              + to.type().text()
              + "; match fields of one type");
    }
  }
}
