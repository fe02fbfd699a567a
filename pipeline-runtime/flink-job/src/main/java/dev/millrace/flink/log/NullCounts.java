package dev.millrace.flink.log;

import dev.millrace.binding.EventRecord;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.SchemaField;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * Events on time without a value, per nullable schema field, for the shipped alert rule
 * (semantics.md §9). Kept as operator state, by name, so that a restart counts nothing twice.
 */
final class NullCounts {
  private static final ListStateDescriptor<Map<String, Long>> STATE =
      new ListStateDescriptor<>(
          "nulls", new MapSerializer<>(StringSerializer.INSTANCE, LongSerializer.INSTANCE));

  private final ListState<Map<String, Long>> state;
  private final String[] names;
  private final int[] positions;
  private final long[] nulls;

  private NullCounts(ListState<Map<String, Long>> state, EventSchema schema) {
    this.state = state;
    List<SchemaField> nullable = schema.fields().stream().filter(SchemaField::nullable).toList();
    names = nullable.stream().map(SchemaField::name).toArray(String[]::new);
    positions = nullable.stream().mapToInt(field -> schema.indexOf(field.name())).toArray();
    nulls = new long[names.length];
  }

  /** Takes up the counts of a checkpoint, or starts at zero. */
  static NullCounts restore(OperatorStateStore store, EventSchema schema) throws Exception {
    var counts = new NullCounts(store.getListState(STATE), schema);
    for (Map<String, Long> saved : counts.state.get()) {
      for (int i = 0; i < counts.names.length; i++) {
        counts.nulls[i] += saved.getOrDefault(counts.names[i], 0L);
      }
    }
    return counts;
  }

  void count(EventRecord event) {
    for (int i = 0; i < positions.length; i++) {
      if (event.isNull(positions[i])) {
        nulls[i]++;
      }
    }
  }

  Map<String, Long> byField() {
    var byField = new TreeMap<String, Long>();
    for (int i = 0; i < names.length; i++) {
      byField.put(names[i], nulls[i]);
    }
    return byField;
  }

  /** Writes the counts into the checkpoint. */
  void snapshot() throws Exception {
    state.update(List.of(byField()));
  }
}
