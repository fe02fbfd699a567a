package dev.millrace.flink.type;

import dev.millrace.binding.EventRecord;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.FieldType;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Key, origin, then per field a presence byte and its bits or UTF-8. Every record read gets its own
 * arrays: Flink's network input owns the object, so this border allocates.
 */
final class KeyedEventSerializer extends StreamSerializer<KeyedEvent> {
  private static final long serialVersionUID = 1L;
  private static final byte[] EMPTY = new byte[0];

  private final boolean[] isText;

  KeyedEventSerializer(EventSchema schema) {
    isText = new boolean[schema.fields().size()];
    for (int i = 0; i < isText.length; i++) {
      isText[i] = schema.fields().get(i).type().type() == FieldType.STRING;
    }
  }

  @Override
  public void serialize(KeyedEvent keyed, DataOutputView out) throws IOException {
    writeAscii(keyed.key, out);
    out.writeBoolean(keyed.accepted);
    EventRecord event = keyed.event;
    out.writeLong(event.ts);
    out.writeLong(event.arrival);
    out.writeInt(event.partition);
    out.writeLong(event.offset);
    out.writeLong(event.visibleFrom);
    for (int i = 0; i < isText.length; i++) {
      boolean present = !event.isNull(i);
      out.writeBoolean(present);
      if (present && isText[i]) {
        out.writeInt(event.textLength(i));
        out.write(event.text(i), event.textFrom(i), event.textLength(i));
      } else if (present) {
        out.writeLong(event.bits(i));
      }
    }
  }

  @Override
  public KeyedEvent deserialize(DataInputView in) throws IOException {
    var keyed = new KeyedEvent(new EventRecord(isText.length));
    keyed.key = readAscii(in);
    keyed.accepted = in.readBoolean();
    EventRecord event = keyed.event;
    event.ts = in.readLong();
    event.arrival = in.readLong();
    event.partition = in.readInt();
    event.offset = in.readLong();
    event.visibleFrom = in.readLong();
    for (int i = 0; i < isText.length; i++) {
      if (!in.readBoolean()) {
        event.setNull(i);
      } else if (isText[i]) {
        int length = in.readInt();
        byte[] utf8 = length == 0 ? EMPTY : new byte[length];
        in.readFully(utf8);
        event.setText(i, utf8, 0, length);
      } else {
        event.setBits(i, in.readLong());
      }
    }
    return keyed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyedEventSerializer that && Arrays.equals(that.isText, isText);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(isText);
  }
}
