package dev.millrace.flink.progress;

import dev.millrace.contract.Accounting;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.metrics.MetricGroup;

/**
 * One subtask's share of the accounting (semantics.md §2), kept as operator state. A rescaled job
 * deals the entries of the old subtasks out to the new ones, each of which adds up what it gets: so
 * the sum over all subtasks survives every restart.
 */
public final class Counts {
  /** What is counted, in the order of {@link Accounting}. */
  public enum Kind {
    IN("in"),
    ACCEPTED("accepted"),
    DUPLICATE("duplicate"),
    LATE("late"),
    DEAD_LETTERED("deadLettered"),
    RAISED("raised"),
    ROWS_FIRED("rowsFired"),
    ROWS_ACKNOWLEDGED("rowsAcknowledged");

    private final String metric;

    Kind(String metric) {
      this.metric = metric;
    }
  }

  private static final ListStateDescriptor<long[]> STATE =
      new ListStateDescriptor<>("counts", LongPrimitiveArraySerializer.INSTANCE);

  private final long[] values = new long[Kind.values().length];
  private final ListState<long[]> state;

  private Counts(ListState<long[]> state) {
    this.state = state;
  }

  /** Takes up the counts of a checkpoint, or starts at zero, and shows some of them as gauges. */
  public static Counts restore(OperatorStateStore store, MetricGroup metrics, Kind... shown)
      throws Exception {
    var counts = new Counts(store.getListState(STATE));
    for (long[] share : counts.state.get()) {
      for (int i = 0; i < share.length; i++) {
        counts.values[i] += share[i];
      }
    }
    for (Kind kind : shown) {
      metrics.gauge(kind.metric, () -> counts.values[kind.ordinal()]);
    }
    return counts;
  }

  public void increment(Kind kind) {
    values[kind.ordinal()]++;
  }

  public void set(Kind kind, long value) {
    values[kind.ordinal()] = value;
  }

  public long get(Kind kind) {
    return values[kind.ordinal()];
  }

  /** Writes the counts into the checkpoint. */
  public void snapshot() throws Exception {
    state.update(java.util.List.of(values.clone()));
  }

  public Accounting accounting() {
    return new Accounting(
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
  }
}
