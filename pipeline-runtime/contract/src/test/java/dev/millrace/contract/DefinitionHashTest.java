package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every member of a definition counts, and only what semantics.md §4 excludes does not. */
class DefinitionHashTest {
  private static final Definition DEFINITION = Documents.definition();
  private static final String HASH = DefinitionHash.of(DEFINITION);

  @Test
  void staysWhatItWasInEarlierReleases() {
    assertThat(HASH).isEqualTo("686694cc33d34bcb1a1769e59ee7909c6641077d335e2744fa58e12a5cc976cc");
    assertThat(DefinitionHash.canonicalJson(DEFINITION))
        .startsWith("{\"allowedLatenessMillis\":3600000,\"deduplicationHorizonMillis\":86400000,")
        .doesNotContain(" :", "\n");
  }

  /** One test per record component, found by reflection so that a new one cannot be forgotten. */
  @TestFactory
  Stream<DynamicTest> changesWithEveryMember() {
    var changes = new ArrayList<Change>();
    collect("definition", DEFINITION, changed -> (Definition) changed, changes);
    assertThat(changes).hasSizeGreaterThan(60);
    return changes.stream()
        .map(
            change ->
                DynamicTest.dynamicTest(
                    change.path(),
                    () -> {
                      assertThat(change.definition()).isNotEqualTo(DEFINITION);
                      assertThat(DefinitionHash.of(change.definition())).isNotEqualTo(HASH);
                    }));
  }

  @Test
  void ignoresTheOrderOfFeaturesAndSchemaFields() {
    EventSchema schema = DEFINITION.schema();
    var fields = new ArrayList<>(schema.fields());
    Collections.reverse(fields);
    var reordered = (Definition) with(DEFINITION, "schema", with(schema, "fields", fields));
    assertThat(DefinitionHash.of(reordered)).isEqualTo(HASH);

    Entity card = DEFINITION.entities().get(0);
    var features = new ArrayList<>(card.features());
    Collections.reverse(features);
    var entities = new ArrayList<>(DEFINITION.entities());
    entities.set(0, (Entity) with(card, "features", features));
    assertThat(DefinitionHash.of((Definition) with(DEFINITION, "entities", entities)))
        .isEqualTo(HASH);
  }

  /** A definition that differs from the golden one in exactly one place. */
  private record Change(String path, Definition definition) {}

  private interface Rebuild {
    Definition around(Object changed);
  }

  private static void collect(String path, Object value, Rebuild rebuild, List<Change> changes) {
    if (value instanceof ColumnType type) {
      // Its members depend on each other.
      changes.add(
          new Change(
              path + ".type",
              rebuild.around(type.equals(ColumnType.LONG) ? ColumnType.DOUBLE : ColumnType.LONG)));
      if (type.type() == FieldType.DECIMAL) {
        var finer = ColumnType.decimal(type.scale() + 1);
        changes.add(new Change(path + ".scale", rebuild.around(finer)));
      }
    } else if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        collect(
            path + "." + component.getName(),
            read(record, component),
            changed -> rebuild.around(with(record, component.getName(), changed)),
            changes);
      }
    } else if (value instanceof List<?> list) {
      collectList(path, list, rebuild, changes);
    } else {
      changes.add(new Change(path, rebuild.around(another(value))));
    }
  }

  private static void collectList(
      String path, List<?> list, Rebuild rebuild, List<Change> changes) {
    for (int i = 0; i < list.size(); i++) {
      int index = i;
      collect(
          path + "[" + i + "]",
          list.get(i),
          changed -> {
            var copy = new ArrayList<Object>(list);
            copy.set(index, changed);
            return rebuild.around(copy);
          },
          changes);
    }
    if (!list.isEmpty()) {
      changes.add(new Change(path + " shorter", rebuild.around(list.subList(1, list.size()))));
    }
    boolean ordered = !path.endsWith("features") && !path.endsWith("fields");
    if (list.size() > 1 && ordered) {
      var reversed = new ArrayList<Object>(list);
      Collections.reverse(reversed);
      changes.add(new Change(path + " reversed", rebuild.around(reversed)));
    }
  }

  private static Object another(Object value) {
    if (value instanceof String text) {
      return text + "x";
    }
    if (value instanceof Long number) {
      return number + 1;
    }
    if (value instanceof Integer number) {
      return number + 1;
    }
    if (value instanceof Boolean flag) {
      return !flag;
    }
    if (value instanceof Enum<?> constant) {
      Object[] all = constant.getDeclaringClass().getEnumConstants();
      return all[(constant.ordinal() + 1) % all.length];
    }
    throw new IllegalArgumentException("no other value for " + value);
  }

  private static Object read(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Record with(Record record, String name, Object value) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    var types = new Class<?>[components.length];
    var values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = components[i].getName().equals(name) ? value : read(record, components[i]);
    }
    try {
      return record.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
