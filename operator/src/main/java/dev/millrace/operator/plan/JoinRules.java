package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.contract.Entity;
import dev.millrace.operator.plan.spec.LabelWindowSpec.JoinSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which features a training set contains: reliability.md §6, rows 104, 105, 108. */
final class JoinRules {
  private final PipelinePlan anchor;
  private final Violations violations;
  private final Map<String, String> owners = new LinkedHashMap<>();

  JoinRules(PipelinePlan anchor, Violations violations) {
    this.anchor = anchor;
    this.violations = violations;
  }

  /**
   * The planned join; incomplete after a violation.
   *
   * @param path path of the item, {@code spec.features[1]}
   */
  JoinPlan plan(String path, JoinSpec join, PipelinePlan pipeline) {
    List<Entity> entities = entities(path, join, pipeline);
    boolean own = pipeline.name().equals(anchor.name());
    if (own && !join.keys().isEmpty()) {
      violations.forbidden(
          path + ".keys",
          pipeline.name() + " is the anchor pipeline, its keys are in the event; remove them");
    }
    if (!own) {
      new JoinKeys(anchor, violations).check(path + ".keys", join, pipeline, entities);
    }
    var columns = columns(path, join, pipeline, entities, own);
    return new JoinPlan(
        pipeline,
        entities.stream().map(Entity::name).toList(),
        own ? Map.of() : join.keys(),
        join.include(),
        columns);
  }

  private List<Entity> entities(String path, JoinSpec join, PipelinePlan pipeline) {
    if (join.entity().isEmpty()) {
      return pipeline.definition().entities();
    }
    Entity entity = pipeline.definition().entity(join.entity());
    if (entity == null) {
      noEntity(violations, path + ".entity", join.entity(), pipeline);
      return List.of();
    }
    return List.of(entity);
  }

  /** Reports an entity that a pipeline lacks. */
  static void noEntity(Violations violations, String path, String entity, PipelinePlan pipeline) {
    violations.notFound(
        path,
        quote(entity)
            + " is not an entity of "
            + pipeline.name()
            + "; entities: "
            + pipeline.entities().stream().map(EntityPlan::name).collect(Collectors.joining(", ")));
  }

  /** Reports a field that a pipeline's schema lacks. */
  static void noField(Violations violations, String path, String field, PipelinePlan pipeline) {
    var names =
        pipeline.definition().schema().fields().stream().map(known -> known.name()).toList();
    violations.notFound(
        path,
        quote(field)
            + " is not a field of FeaturePipeline "
            + pipeline.name()
            + "; "
            + NearestName.advice(field, names, "fields"));
  }

  private List<String> columns(
      String path, JoinSpec join, PipelinePlan pipeline, List<Entity> entities, boolean own) {
    var available = new LinkedHashMap<String, String>();
    String prefix = own ? "" : pipeline.name().replace('-', '_') + "__";
    for (Entity entity : entities) {
      for (ColumnPlan column : pipeline.entity(entity.name()).columns()) {
        available.put(prefix + entity.name() + "__" + column.name(), column.name());
      }
    }
    var patterns = new ArrayList<>(join.include());
    for (String pattern : patterns) {
      if (!available.isEmpty()
          && available.values().stream().noneMatch(name -> matches(pattern, name))) {
        violations.notFound(
            path + ".include",
            quote(pattern)
                + " matches no column of "
                + pipeline.name()
                + "; columns: "
                + String.join(", ", available.values()));
      }
    }
    var columns = new ArrayList<String>();
    available.forEach(
        (column, name) -> {
          if (patterns.stream().anyMatch(pattern -> matches(pattern, name))) {
            columns.add(column);
            once(path, column);
          }
        });
    return columns;
  }

  private void once(String path, String column) {
    String first = owners.putIfAbsent(column, path);
    if (first != null) {
      violations.duplicate(
          path, "column " + column + " is already in " + first + "; narrow include");
    }
  }

  /** Whether a column name matches a pattern, in which {@code *} stands for any characters. */
  static boolean matches(String pattern, String name) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(name);
    }
    if (!name.startsWith(pattern.substring(0, star))) {
      return false;
    }
    String rest = pattern.substring(star + 1);
    for (int from = star; from <= name.length(); from++) {
      if (matches(rest, name.substring(from))) {
        return true;
      }
    }
    return false;
  }
}
