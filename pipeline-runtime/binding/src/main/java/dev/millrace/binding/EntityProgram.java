package dev.millrace.binding;

import dev.millrace.contract.Definition;
import dev.millrace.kernel.EntityLayout;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.KeyState;
import java.util.List;

/**
 * One entity of a definition, compiled: which inputs an event has, which columns a row has. Both
 * engines run this and nothing else, so they cannot differ. One instance per thread.
 */
public final class EntityProgram {
  /**
   * @param definition a definition that the planner accepted
   * @param entity name of one of its entities
   * @param judge whether this program's key state remembers event ids (Flink's keyed operators: all
   *     entities that can judge; Spark: none)
   */
  public static EntityProgram compile(Definition definition, String entity, boolean judge) {
    throw new UnsupportedOperationException("skeleton");
  }

  private EntityProgram() {}

  public EntityLayout layout() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Feature columns in the order of the spec, then derived columns. */
  public List<OutputColumn> columns() {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Appends the canonical key ({@code EntityKey}) of an event.
   *
   * @return false if a part is null: the event does not belong to this entity
   */
  public boolean appendKey(EventRecord event, StringBuilder out) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Evaluates every distinct (value, where) once: begins {@code into} and sets its inputs. */
  public void evaluate(EventRecord event, EventInputs into) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Reads a key's row as of its last advance, {@code emptyAs} and derived columns included. */
  public void read(KeyState state, FeatureRow into) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Failures of value, where and derived so far, per feature or derived name (semantics.md §2). */
  public long expressionErrors(String name) {
    throw new UnsupportedOperationException("skeleton");
  }
}
