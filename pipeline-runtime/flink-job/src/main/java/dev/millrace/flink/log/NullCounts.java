package dev.millrace.flink.log;

import dev.millrace.binding.EventRecord;
import dev.millrace.contract.EventSchema;
import org.apache.flink.metrics.MetricGroup;

/** Nulls per schema field as metrics, for the shipped alert rule (semantics.md §9). */
final class NullCounts {
  private final long[] nulls;

  NullCounts(EventSchema schema, MetricGroup metrics) {
    nulls = new long[schema.fields().size()];
    for (int i = 0; i < nulls.length; i++) {
      int field = i;
      metrics.gauge("nulls." + schema.fields().get(i).name(), () -> nulls[field]);
    }
  }

  void count(EventRecord event) {
    for (int i = 0; i < nulls.length; i++) {
      if (event.isNull(i)) {
        nulls[i]++;
      }
    }
  }
}
