package dev.millrace.operator.plan;

import dev.millrace.contract.Definition;
import java.util.List;

/**
 * What a definition costs per key, by formula and not by measurement.
 *
 * @param columns columns of all entities
 * @param entities per entity
 */
public record Budget(int columns, List<EntityBudget> entities) {
  public Budget {
    entities = List.copyOf(entities);
  }

  /**
   * The bound of one entity; at most one row per key and slide follows from semantics.md §3.
   *
   * @param entity its name
   * @param panes most panes of one key: {@link Panes}
   * @param bytes estimate of the state of a key with an event in every pane
   */
  public record EntityBudget(String entity, long panes, long bytes) {}

  static Budget of(Definition definition, List<EntityPlan> plans) {
    int columns = plans.stream().mapToInt(plan -> plan.columns().size()).sum();
    return new Budget(
        columns,
        definition.entities().stream()
            .map(
                entity -> {
                  long panes = Panes.count(definition.slideMillis(), entity.features());
                  return new EntityBudget(
                      entity.name(), panes, panes * Panes.bytes(entity.features()));
                })
            .toList());
  }

  /** Bytes of one dense key over all entities. */
  public long bytes() {
    return entities.stream().mapToLong(EntityBudget::bytes).sum();
  }
}
