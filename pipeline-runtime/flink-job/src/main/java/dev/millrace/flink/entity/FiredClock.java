package dev.millrace.flink.entity;

import java.util.ArrayList;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.runtime.state.KeyGroupRange;

/**
 * The last grid point fired, kept per key group in a union list because Flink checkpoints no
 * watermark (performance.md §3.10). With one stamp and aligned barriers all key groups of a
 * checkpoint are at the same T; should they ever differ, the subtask resumes at the earliest: a row
 * fired again is the same row, a row left out would be lost.
 */
final class FiredClock {
  private final ListState<long[]> state;
  private final KeyGroupRange keyGroups;
  private long millis = Long.MAX_VALUE;

  FiredClock(OperatorStateStore store, KeyGroupRange keyGroups) throws Exception {
    this.keyGroups = keyGroups;
    state =
        store.getUnionListState(
            new ListStateDescriptor<>("fired", LongPrimitiveArraySerializer.INSTANCE));
    for (long[] saved : state.get()) {
      if (keyGroups.contains((int) saved[0])) {
        millis = Math.min(millis, saved[1]);
      }
    }
    if (millis == Long.MAX_VALUE) {
      millis = Long.MIN_VALUE;
    }
  }

  /** The last grid point fired; {@link Long#MIN_VALUE} before the first. */
  long millis() {
    return millis;
  }

  void reached(long gridPoint) {
    millis = gridPoint;
  }

  void snapshot() throws Exception {
    var saved = new ArrayList<long[]>();
    for (int keyGroup : keyGroups) {
      saved.add(new long[] {keyGroup, millis});
    }
    state.update(saved);
  }
}
