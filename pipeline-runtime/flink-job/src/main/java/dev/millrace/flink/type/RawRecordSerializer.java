package dev.millrace.flink.type;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Used only where the source is not chained to the stamp. */
final class RawRecordSerializer extends StreamSerializer<RawRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(RawRecord record, DataOutputView out) throws IOException {
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    out.writeLong(record.timestamp());
    writeBytes(record.key(), out);
    writeBytes(record.value(), out);
  }

  @Override
  public RawRecord deserialize(DataInputView in) throws IOException {
    return new RawRecord(in.readInt(), in.readLong(), in.readLong(), readBytes(in), readBytes(in));
  }
}
