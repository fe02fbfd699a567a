package dev.millrace.flink.log;

import dev.millrace.flink.JobTags;
import dev.millrace.flink.offline.Handover;
import dev.millrace.flink.offline.Handover.Role;
import dev.millrace.flink.type.CheckpointReport;
import dev.millrace.flink.type.RawRecord;
import dev.millrace.flink.type.RefusedRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Sends refused records to their topics, once each while two versions read one log (semantics.md
 * §4). The version that catches up holds what its predecessor may still come to, as operator state;
 * what the predecessor's progress passes is dropped, the rest is written when readers switch. Both
 * look at each checkpoint, so records of the last two checkpoint intervals before a switch may be
 * written by both: at least once, never lost.
 */
final class Refusals {
  /** How many bytes are held before they are written after all: twice rather than never. */
  private static final long HELD_LIMIT_BYTES = 32L << 20;

  private final Handover handover;
  private final JobTags tags;
  private final Output<StreamRecord<CheckpointReport>> output;
  private final ListState<byte[]> state;
  private final List<RefusedRecord> held = new ArrayList<>();
  private long heldBytes;
  private Handover.State now;

  Refusals(
      Handover handover,
      JobTags tags,
      Output<StreamRecord<CheckpointReport>> output,
      OperatorStateStore store)
      throws Exception {
    this.handover = handover;
    this.tags = tags;
    this.output = output;
    state =
        store.getListState(
            new ListStateDescriptor<>("held", BytePrimitiveArraySerializer.INSTANCE));
    for (byte[] saved : state.get()) {
      hold(RefusedRecord.fromBytes(saved));
    }
    now = handover.look();
  }

  /** Deals with one refused record. */
  void refuse(RawRecord record, String reason) {
    if (now.role() == Role.DROPS || isWritten(record)) {
      return;
    }
    var refused = new RefusedRecord(record, reason);
    if (now.role() == Role.WRITES) {
      write(refused);
      return;
    }
    hold(refused);
    if (heldBytes > HELD_LIMIT_BYTES) {
      look();
      held.forEach(this::write);
      clear();
    }
  }

  /** Looks who writes now, ahead of a barrier. */
  void look() {
    now = handover.look();
    if (held.isEmpty()) {
      return;
    }
    var left = new ArrayList<>(held);
    clear();
    for (RefusedRecord refused : left) {
      refuse(refused.record(), refused.reason());
    }
  }

  void snapshot() throws Exception {
    var saved = new ArrayList<byte[]>();
    held.forEach(refused -> saved.add(refused.toBytes()));
    state.update(saved);
  }

  private boolean isWritten(RawRecord record) {
    return record.offset() < now.written().getOrDefault(record.partition(), 0L);
  }

  private void hold(RefusedRecord refused) {
    held.add(refused);
    heldBytes += refused.size();
  }

  private void clear() {
    held.clear();
    heldBytes = 0;
  }

  private void write(RefusedRecord refused) {
    OutputTag<RefusedRecord> topic = refused.isLate() ? tags.late() : tags.dead();
    output.collect(topic, new StreamRecord<>(refused));
  }
}
