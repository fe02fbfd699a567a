package dev.millrace.binding;

import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EntityKey;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.kernel.EntityLayout;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.KeyState;
import java.util.List;
import java.util.Map;

/**
 * One entity of a definition, compiled: which inputs an event has, which columns a row has. Both
 * engines run this and nothing else, so they cannot differ. One instance per thread.
 */
public final class EntityProgram {
  private final EventSchema schema;
  private final EntityLayout layout;
  private final List<OutputColumn> columns;
  private final InputProgram inputs;
  private final RowProgram rows;
  private final Map<String, Integer> inputOfFeature;
  private final Map<String, Integer> derivedIndexes;
  private final int[] keyFields;
  private final int idField;
  private final boolean textId;

  private EntityProgram(Definition definition, Entity entity, boolean judge) {
    schema = definition.schema();
    var compiler = new EntityCompiler(definition, entity);
    columns = List.copyOf(compiler.columns);
    inputs = compiler.inputProgram();
    rows = compiler.rowProgram();
    inputOfFeature = compiler.inputOfFeature;
    derivedIndexes = compiler.derivedIndexes;
    layout = compiler.layout(judge ? definition.deduplicationHorizonMillis() : 0, inputs.types());
    keyFields = entity.keys().stream().mapToInt(this::field).toArray();
    idField = field(schema.eventId());
    textId = type(idField) == FieldType.STRING;
  }

  /**
   * @param definition a definition that the planner accepted
   * @param entity name of one of its entities
   * @param judge whether this program's key state remembers event ids (Flink's keyed operators: all
   *     entities that can judge; Spark: none)
   * @throws MillraceFailure {@link Reason#DEFINITION_REFUSED} if the planner would not have
   */
  public static EntityProgram compile(Definition definition, String entity, boolean judge) {
    Entity found = definition.entity(entity);
    if (found == null) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED, "the definition has no entity " + entity);
    }
    return new EntityProgram(definition, found, judge);
  }

  private int field(String name) {
    int index = schema.indexOf(name);
    if (index < 0) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED, "the definition's schema has no field " + name);
    }
    return index;
  }

  private FieldType type(int field) {
    return schema.fields().get(field).type().type();
  }

  public EntityLayout layout() {
    return layout;
  }

  /** Feature columns in the order of the spec, then derived columns. */
  public List<OutputColumn> columns() {
    return columns;
  }

  /**
   * Appends the canonical key ({@code EntityKey}) of an event.
   *
   * @return false if a part is null: the event does not belong to this entity
   */
  public boolean appendKey(EventRecord event, StringBuilder out) {
    int start = out.length();
    for (int i = 0; i < keyFields.length; i++) {
      int field = keyFields[i];
      if (event.isNull(field)) {
        out.setLength(start);
        return false;
      }
      if (i > 0) {
        EntityKey.appendSeparator(out);
      }
      FieldType type = type(field);
      if (type == FieldType.STRING) {
        EntityKey.appendText(
            out, event.text(field), event.textFrom(field), event.textLength(field));
      } else {
        EntityKey.appendBits(out, type, event.bits(field));
      }
    }
    return true;
  }

  /**
   * Evaluates every distinct (value, where) once: begins {@code into} and sets its id and inputs.
   * Texts are not copied: {@code into} is valid until the event changes.
   */
  public void evaluate(EventRecord event, EventInputs into) {
    into.begin(event.ts, event.visibleFrom);
    if (textId) {
      into.idOfText(event.text(idField), event.textFrom(idField), event.textLength(idField));
    } else {
      into.idOfLong(event.bits(idField));
    }
    inputs.evaluate(event, into);
  }

  /** Reads a key's row as of its last advance, {@code emptyAs} and derived columns included. */
  public void read(KeyState state, FeatureRow into) {
    rows.read(state, into);
  }

  /**
   * Failures of value, where and derived so far, per feature or derived name (semantics.md §2).
   * Features that share value and condition share the count.
   */
  public long expressionErrors(String name) {
    Integer input = inputOfFeature.get(name);
    if (input != null) {
      return inputs.errors(input);
    }
    Integer derived = derivedIndexes.get(name);
    if (derived == null) {
      throw new IllegalArgumentException("no feature or derived column " + name);
    }
    return rows.derivedErrors(derived);
  }
}
