package dev.millrace.flink.type;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Used only where a side topic's writer is not chained to the stamp. */
final class RefusedRecordSerializer extends StreamSerializer<RefusedRecord> {
  private static final long serialVersionUID = 1L;

  private final RawRecordSerializer records = new RawRecordSerializer();

  @Override
  public void serialize(RefusedRecord refused, DataOutputView out) throws IOException {
    records.serialize(refused.record(), out);
    writeAscii(refused.reason(), out);
  }

  @Override
  public RefusedRecord deserialize(DataInputView in) throws IOException {
    return new RefusedRecord(records.deserialize(in), readAscii(in));
  }
}
