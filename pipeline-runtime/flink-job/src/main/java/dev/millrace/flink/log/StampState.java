package dev.millrace.flink.log;

import dev.millrace.kernel.LogJudge;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;

/**
 * The stamp's state: per partition its number, P, L and next offset, and the clock, which Flink
 * does not checkpoint. Union lists, so that a parallel source can take them up later.
 */
final class StampState {
  private final ListState<long[]> partitions;
  private final ListState<Long> now;
  private final LogClock clock;

  StampState(StateInitializationContext context, LogClock clock, Supplier<LogJudge> judges)
      throws Exception {
    this.clock = clock;
    var store = context.getOperatorStateStore();
    partitions =
        store.getUnionListState(
            new ListStateDescriptor<>("partitions", LongPrimitiveArraySerializer.INSTANCE));
    now = store.getUnionListState(new ListStateDescriptor<>("clock", LongSerializer.INSTANCE));
    long wallMillis = System.currentTimeMillis();
    for (long[] saved : partitions.get()) {
      LogJudge judge = judges.get();
      judge.restore(saved[1], saved[2]);
      clock.add(new PartitionLog((int) saved[0], judge, saved[3], wallMillis));
    }
    for (long saved : now.get()) {
      clock.restore(saved);
    }
  }

  void snapshot() throws Exception {
    var saved = new ArrayList<long[]>();
    for (PartitionLog partition : clock.partitions()) {
      saved.add(
          new long[] {
            partition.number,
            partition.judge.progress(),
            partition.judge.lag(),
            partition.nextOffset
          });
    }
    partitions.update(saved);
    now.update(List.of(clock.now()));
  }
}
