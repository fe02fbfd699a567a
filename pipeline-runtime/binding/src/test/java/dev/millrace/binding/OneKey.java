package dev.millrace.binding;

import static dev.millrace.binding.Definitions.SLIDE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Definition;
import dev.millrace.contract.Derived;
import dev.millrace.contract.Feature;
import dev.millrace.contract.FieldType;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.KeyState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One key of one entity through the real kernel: events in, the row at a grid point out. */
final class OneKey {
  static final long T0 = 1_000_000 * SLIDE;

  final Definition definition;
  final EntityProgram program;
  final KeyState state;
  final EventRecord event;
  final EventInputs inputs;
  private int ids;

  OneKey(List<Derived> derived, Feature... features) {
    definition = Definitions.of(Schemas.everyType(), derived, features);
    program = EntityProgram.compile(definition, "card", true);
    state = new KeyState(program.layout());
    event = new EventRecord(definition.schema());
    inputs = new EventInputs(program.layout());
  }

  /** Adds {@code {"s": "k", …}} at an offset from T0. */
  OneKey add(long offsetMillis, String members) {
    String json =
        "{\"s\":\"k\",\"id\":\"e%d\",\"ts\":%d%s}"
            .formatted(ids++, T0 + offsetMillis, members.isEmpty() ? "" : "," + members);
    assertThat(new JsonRecordDecoder(definition.schema()).decode(json.getBytes(UTF_8), event))
        .isNull();
    event.visibleFrom = T0 + (offsetMillis / SLIDE + 1) * SLIDE;
    program.evaluate(event, inputs);
    assertThat(state.admit(inputs)).isTrue();
    state.add(inputs);
    return this;
  }

  FeatureRow rowAt(long t) {
    state.advance(T0 + t);
    var row = new FeatureRow(program.columns());
    program.read(state, row);
    return row;
  }

  /** Values as people see them, null columns left out. */
  Map<String, String> at(long t) {
    return texts(rowAt(t));
  }

  static Map<String, String> texts(FeatureRow row) {
    var texts = new LinkedHashMap<String, String>();
    for (int i = 0; i < row.columns().size(); i++) {
      var column = row.columns().get(i);
      if (!row.isNull(i)) {
        var text = new StringBuilder();
        if (column.type().type() == FieldType.STRING) {
          text.append(new String(row.text(i), UTF_8));
        } else {
          ValueText.append(text, column.type(), row.bits(i));
        }
        texts.put(column.name(), text.toString());
      }
    }
    return texts;
  }
}
