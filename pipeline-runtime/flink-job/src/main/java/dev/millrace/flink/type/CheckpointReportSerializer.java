package dev.millrace.flink.type;

import dev.millrace.contract.Accounting;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A few records per checkpoint. */
final class CheckpointReportSerializer extends StreamSerializer<CheckpointReport> {
  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(CheckpointReport report, DataOutputView out) throws IOException {
    out.writeLong(report.checkpointId());
    Accounting counts = report.counts();
    out.writeLong(counts.in());
    out.writeLong(counts.accepted());
    out.writeLong(counts.duplicate());
    out.writeLong(counts.late());
    out.writeLong(counts.deadLettered());
    out.writeLong(counts.raised());
    out.writeLong(counts.rowsFired());
    out.writeLong(counts.rowsAcknowledged());
    out.writeInt(report.offsets().size());
    for (Map.Entry<Integer, Long> entry : report.offsets().entrySet()) {
      out.writeInt(entry.getKey());
      out.writeLong(entry.getValue());
    }
    out.writeLong(report.clock());
    out.writeLong(report.archived());
    out.writeBoolean(report.sourceIdle());
    out.writeInt(report.nulls().size());
    for (Map.Entry<String, Long> entry : report.nulls().entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeLong(entry.getValue());
    }
    out.writeBoolean(report.durable());
  }

  @Override
  public CheckpointReport deserialize(DataInputView in) throws IOException {
    long checkpointId = in.readLong();
    var counts =
        new Accounting(
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong());
    var offsets = new TreeMap<Integer, Long>();
    for (int left = in.readInt(); left > 0; left--) {
      offsets.put(in.readInt(), in.readLong());
    }
    long clock = in.readLong();
    long archived = in.readLong();
    boolean sourceIdle = in.readBoolean();
    var nulls = new TreeMap<String, Long>();
    for (int left = in.readInt(); left > 0; left--) {
      nulls.put(in.readUTF(), in.readLong());
    }
    return new CheckpointReport(
        checkpointId, counts, offsets, clock, archived, sourceIdle, nulls, in.readBoolean());
  }
}
