package dev.millrace.flink.type;

import dev.millrace.kernel.SourceVerdict;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A record on its way to the late or the dead-letter topic.
 *
 * @param record the record as it lies in the log
 * @param reason LATE, FROM_FUTURE or the name of an {@code UndecodableReason}
 */
public record RefusedRecord(RawRecord record, String reason) {
  public static final TypeInformation<RefusedRecord> TYPE =
      new StreamType<>(RefusedRecord.class, new RefusedRecordSerializer());

  /** Form of a record in operator state. */
  private static final int FORM = 1;

  /** Whether its topic is the late topic; the dead-letter topic otherwise. */
  public boolean isLate() {
    return reason.equals(SourceVerdict.LATE.name());
  }

  /** Bytes it takes in memory, about. */
  public int size() {
    int key = record.key() == null ? 0 : record.key().length;
    return 64 + key + (record.value() == null ? 0 : record.value().length);
  }

  /** The record as it is kept in operator state. */
  public byte[] toBytes() {
    try {
      var out = new DataOutputSerializer(size());
      out.writeByte(FORM);
      out.writeInt(record.partition());
      out.writeLong(record.offset());
      out.writeLong(record.timestamp());
      StreamSerializer.writeBytes(record.key(), out);
      StreamSerializer.writeBytes(record.value(), out);
      StreamSerializer.writeAscii(reason, out);
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }

  /** Reads what {@link #toBytes} wrote. */
  public static RefusedRecord fromBytes(byte[] bytes) throws IOException {
    var in = new DataInputDeserializer(bytes);
    int form = in.readByte();
    if (form != FORM) {
      throw new IOException("a held record has the unknown form " + form);
    }
    var record =
        new RawRecord(
            in.readInt(),
            in.readLong(),
            in.readLong(),
            StreamSerializer.readBytes(in),
            StreamSerializer.readBytes(in));
    return new RefusedRecord(record, StreamSerializer.readAscii(in));
  }
}
